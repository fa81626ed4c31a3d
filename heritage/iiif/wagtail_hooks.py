"""What iiif adds to Wagtail's admin."""

from django.urls import URLPattern
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from heritage.iiif.admin import pages
from heritage.iiif.admin.remarks import RemarkViewSet
from heritage.iiif.admin.saved_sets import SavedSetViewSet
from heritage.iiif.admin.viewset import DigitalObjectViewSet

register_snippet(DigitalObjectViewSet)
register_snippet(RemarkViewSet)
register_snippet(SavedSetViewSet)


@hooks.register("register_admin_urls")
def page_urls() -> list[URLPattern]:
    return pages.urls
