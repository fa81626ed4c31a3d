"""Standing pages: about, help, licence, accessibility."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from heritage.home.blocks import BodyBlock
from heritage.home.models.base import PortalPage


class StandardPage(PortalPage):
    lead = models.TextField(_("first sentence"), max_length=400, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar = [*PortalPage.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields: ClassVar = [*PortalPage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types: ClassVar = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar = ["home.StandardPage"]

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
