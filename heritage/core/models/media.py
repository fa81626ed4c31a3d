"""The archive's own image and document: with rights, credit and texts for those who cannot see."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image

from heritage.core.renditions import BareFilter


class ArchiveImage(AbstractImage):
    """A picture shown on pages; scans for study are digital objects of the `iiif` app instead."""

    alt_vi = models.CharField(_("description in Vietnamese"), max_length=300, blank=True)
    alt_en = models.CharField(_("description in English"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    is_illustration = models.BooleanField(
        _("illustration"), default=False, help_text=_("A drawing made for this site, not a picture of the real thing.")
    )

    admin_form_fields = (*Image.admin_form_fields, "alt_vi", "alt_en", "credit", "licence", "is_illustration")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions: ClassVar = [("choose_image", "Can choose image")]

    def generate_rendition_file(self, filter: Filter, *, source: Any = None) -> Any:  # noqa: A002 - Wagtail's name
        """A rendition without the place, the device and whatever else the original tells of whoever took it."""
        return super().generate_rendition_file(BareFilter(spec=filter.spec), source=source)


class ArchiveRendition(AbstractRendition):
    image = models.ForeignKey(ArchiveImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class ArchiveDocument(AbstractDocument):
    """A file for download; served through a view that asks its collection's privacy."""

    licence = models.CharField(_("licence"), max_length=100, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "licence")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions: ClassVar = [("choose_document", "Can choose document")]
