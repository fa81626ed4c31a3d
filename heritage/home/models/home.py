"""The home page: search, the map's way in, what is on, featured heritage, new titles, news."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from heritage.home.blocks import BodyBlock, RecordBlock
from heritage.home.models.base import PortalPage


class FeaturedBlock(blocks.StreamBlock):
    record = RecordBlock()


class HomePage(PortalPage):
    """One for each language. Featured records are chosen by staff; the rest follows from the archive."""

    intro = models.TextField(_("introduction"), max_length=300, blank=True)
    featured = StreamField(
        FeaturedBlock(max_num=5, required=False),
        verbose_name=_("featured heritage"),
        blank=True,
        help_text=_("The first is shown large. Where none is chosen, records marked as featured are shown."),
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("further text"), blank=True)

    content_panels: ClassVar = [
        *PortalPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("featured"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from heritage.home import queries  # the reads know the page, not the other way round

        return {**super().get_context(request, *args, **kwargs), **queries.home_context(self)}
