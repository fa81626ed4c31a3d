"""The portal's pages."""

from heritage.home.models.article import ArticleIndexPage, ArticleKind, ArticlePage
from heritage.home.models.home import HomePage
from heritage.home.models.standard import StandardPage

__all__ = ["ArticleIndexPage", "ArticleKind", "ArticlePage", "HomePage", "StandardPage"]
