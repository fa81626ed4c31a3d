"""Addresses of search: `root` stands at the site's root, `public` below the language prefix."""

from django.urls import URLPattern, URLResolver, path

from heritage.core import languages
from heritage.search import views

root: list[URLPattern | URLResolver] = []
public: list[URLPattern | URLResolver] = [
    path(languages.route("tim-kiem/", en="search/"), views.search, name="search"),
    path(languages.route("tim-kiem/goi-y/", en="search/suggest/"), views.suggest, name="suggest"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("opensearch/suggest/", views.opensearch_suggest, name="opensearch_suggest"),
]
