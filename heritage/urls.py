"""Addresses of the whole site; each app keeps its own in `urls.py`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from heritage.accounts import urls as accounts
from heritage.accounts.admin import reports as scoped_reports
from heritage.catalog import urls as catalog
from heritage.core import urls as core
from heritage.home import urls as home
from heritage.iiif import urls as iiif
from heritage.library import urls as library
from heritage.maps import urls as maps
from heritage.publishing import urls as publishing
from heritage.reports import urls as reports
from heritage.search import urls as search

APPS = [core, accounts, iiif, catalog, library, maps, search, publishing, reports, home]

urlpatterns = [
    path("admin/", include(scoped_reports)),  # before Wagtail's own at the same addresses
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *(pattern for app in APPS for pattern in app.root),
    *i18n_patterns(
        *(pattern for app in APPS for pattern in app.public),
        path("", include(wagtail_urls)),
        prefix_default_language=True,
    ),
]

handler400 = "heritage.home.views.errors.bad_request"
handler403 = "heritage.home.views.errors.permission_denied"
handler404 = "heritage.home.views.errors.page_not_found"
handler500 = "heritage.home.views.errors.server_error"
