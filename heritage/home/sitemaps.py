"""The site map (sitemaps.org 0.9): an index of files of 2,000 addresses, each in both languages."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from heritage.catalog.models import Record
from heritage.core.addresses import absolute
from heritage.home.models.base import PortalPage
from heritage.library.models import Work

FILE_SIZE = 2000


class ArchiveSitemap(Sitemap):
    """On the archive's public address (`BASE_URL`), whatever host was asked."""

    limit = FILE_SIZE

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.BASE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme


class BilingualSitemap(ArchiveSitemap):
    """Objects with a number and one address for each language."""

    model: Any
    url_name: str

    def items(self) -> QuerySet:
        rows = self.model.objects.filter(live=True).order_by("pk")
        return rows.only("pk", "number", "modified_at")

    def location(self, item: Any) -> str:
        with override("vi"):
            return reverse(self.url_name, args=[item.number])

    def lastmod(self, item: Any) -> Any:
        return item.modified_at

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Each object twice, once for each language, each with its twin (`xhtml:link`, rel=alternate)."""
        urls = []
        for url in super().get_urls(page=page, site=site, protocol=protocol):
            with override("en"):
                twin = absolute(reverse(self.url_name, args=[url["item"].number]))
            alternates = [
                {"location": url["location"], "lang_code": "vi"},
                {"location": twin, "lang_code": "en"},
            ]
            urls += [{**url, "alternates": alternates}, {**url, "location": twin, "alternates": alternates}]
        return urls

    def get_latest_lastmod(self) -> Any:
        """Asked of the database: Django would fetch every object."""
        return self.items().aggregate(last=Max("modified_at"))["last"]


class RecordSitemap(BilingualSitemap):
    model, url_name = Record, "record"


class WorkSitemap(BilingualSitemap):
    model, url_name = Work, "work"


class PageSitemap(ArchiveSitemap):
    """The portal's pages, in each language that has them."""

    def items(self) -> QuerySet[Page]:
        kinds = PortalPage.__subclasses__()
        return Page.objects.live().public().type(tuple(kinds)).order_by("path").select_related("locale")

    def location(self, item: Page) -> str:
        path = item.get_url() or "/"
        return urlsplit(path).path  # the page's own site may go by another name

    def lastmod(self, item: Page) -> Any:
        return item.last_published_at

    def get_latest_lastmod(self) -> Any:
        return self.items().aggregate(last=Max("last_published_at"))["last"]


SITEMAPS = {"records": RecordSitemap, "works": WorkSitemap, "pages": PageSitemap}
