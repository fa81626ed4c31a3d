"""Addresses of home: `root` stands at the site's root, `public` below the language prefix."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.cache import cache_control

from heritage.home.sitemaps import SITEMAPS
from heritage.home.views import app, crawlers, styleguide

daily = cache_control(public=True, max_age=3600)

root: list[URLPattern | URLResolver] = [
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("sw.js", app.service_worker, name="service_worker"),
    path("offline/", app.offline, name="offline"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("favicon.ico", crawlers.favicon, name="favicon"),
    path(
        "sitemap.xml",
        daily(sitemap_views.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path("sitemap-<slug:section>.xml", daily(sitemap_views.sitemap), {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("styleguide/", styleguide.style_guide, name="styleguide"),
]
public: list[URLPattern | URLResolver] = []
