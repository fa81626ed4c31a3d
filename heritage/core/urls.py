"""Addresses of core: `root` stands at the site's root, `public` below the language prefix."""

from django.urls import URLPattern, URLResolver, path

from heritage.core.views import rendition

root: list[URLPattern | URLResolver] = [path("media/images/<path:name>", rendition, name="rendition")]
public: list[URLPattern | URLResolver] = []
