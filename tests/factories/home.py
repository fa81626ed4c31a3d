"""Portal pages for tests."""

import datetime as dt

from wagtail.models import Locale, Page

from heritage.home.models import ArticleIndexPage, ArticlePage


def add_article(language: str = "vi", slug: str = "bai-mau", **values: object) -> ArticlePage:
    """A published article below the news list of `language`; the site must have been set up."""
    index = Page.objects.get(pk=ArticleIndexPage.objects.get(locale__language_code=language).pk)
    page = ArticlePage(
        **{
            "title": "Bài mẫu",
            "slug": slug,
            "summary": "Tóm tắt của bài mẫu.",
            "published_on": dt.date(2026, 1, 5),
            "locale": Locale.objects.get(language_code=language),
            "body": [("text", "<p>Nội dung.</p>")],
            **values,
        }
    )
    index.add_child(instance=page)
    return page
