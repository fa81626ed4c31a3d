"""Addresses of search: `root` stands at the site's root, `public` below the language prefix."""

from django.urls import URLPattern, URLResolver, path

from heritage.core.languages import route
from heritage.search import saved_views, views

root: list[URLPattern | URLResolver] = []
public: list[URLPattern | URLResolver] = [
    path(route("tim-kiem/", en="search/"), views.search, name="search"),
    path(route("tim-kiem/goi-y/", en="search/suggest/"), views.suggest, name="suggest"),
    path(route("tai-khoan/tim-kiem/", en="account/searches/"), saved_views.saved_searches, name="saved_searches"),
    path(route("tai-khoan/tim-kiem/luu/", en="account/searches/save/"), saved_views.save, name="save_search"),
    path(
        route("tai-khoan/tim-kiem/<int:pk>/", en="account/searches/<int:pk>/"),
        saved_views.change,
        name="change_saved_search",
    ),
    path(
        route("tim-kiem/thoi-bao/<uuid:token>/", en="search/stop/<uuid:token>/"),
        saved_views.stop,
        name="saved_search_stop",
    ),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("opensearch/suggest/", views.opensearch_suggest, name="opensearch_suggest"),
]
