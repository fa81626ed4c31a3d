"""What iiif adds to Wagtail's admin."""

from wagtail.snippets.models import register_snippet

from heritage.iiif.admin.viewset import DigitalObjectViewSet

register_snippet(DigitalObjectViewSet)
