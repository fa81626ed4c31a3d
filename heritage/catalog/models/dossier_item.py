"""Items of a dossier and their files. Not part of drafts: a paper that came in is there at once, for staff."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from heritage.catalog.models.checklist import ChecklistLine
from heritage.catalog.models.composed import ComposedText
from heritage.catalog.models.dossier import Dossier


class PaperForm(models.TextChoices):
    ORIGINAL = "original", _("original")
    CERTIFIED = "certified", _("certified copy")
    COPY = "copy", _("copy")
    DIGITAL = "digital", _("digital only")


class DossierItem(ComposedText):
    """One paper of a dossier: a line of its checklist, or something besides (`line` None).

    Held when it has a file, or when its pages and shelf mark say where the paper lies.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="items", verbose_name=_("dossier"))
    line = models.ForeignKey(
        ChecklistLine, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("line of the list")
    )
    title_vi = models.CharField(pgettext_lazy("of a document", "title in Vietnamese"), max_length=200)
    title_en = models.CharField(pgettext_lazy("of a document", "title in English"), max_length=200, blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    pages = models.PositiveIntegerField(_("pages on paper"), null=True, blank=True)
    paper_form = models.CharField(_("original or copy"), max_length=12, choices=PaperForm, blank=True)
    shelf_mark = models.CharField(_("shelf mark"), max_length=60, blank=True)
    not_applicable = models.CharField(
        _("why it does not apply"),
        max_length=200,
        blank=True,
        help_text=_("Only where the heritage cannot have this paper, such as inscriptions where there are none."),
    )
    is_public = models.BooleanField(
        _("shown to the public"), default=False, help_text=_("Once the dossier is published; files included.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("dossier item")
        verbose_name_plural = _("dossier items")
        constraints = [models.UniqueConstraint(fields=["dossier", "line"], name="dossier_item_once_for_each_line")]

    def __str__(self) -> str:
        return self.title_vi

    def clean(self) -> None:
        super().clean()
        if self.not_applicable and self.pages:
            message = _("The item has %(pages)s pages, so it applies; clear the reason or the pages.")
            raise ValidationError({"not_applicable": message % {"pages": self.pages}})


def private_place(instance: "DossierFile", filename: str) -> str:
    """Files are stored by digest, so that no name typed by anybody becomes a path."""
    return f"dossiers/{instance.item.dossier_id}/{instance.sha256[:24]}{instance.extension}"


class DossierFile(models.Model):
    """A file of an item, kept as it came. `pages` counts what it adds to the PDF, None where it is no page at all."""

    item = models.ForeignKey(DossierItem, models.PROTECT, related_name="files", verbose_name=_("dossier item"))
    file = models.FileField(_("file"), upload_to=private_place, max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    set_aside = models.CharField(
        _("why it was set aside"), max_length=200, blank=True, help_text=_("Nothing is deleted; it is only left out.")
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of a dossier")
        verbose_name_plural = _("files of dossiers")
        constraints = [models.UniqueConstraint(fields=["item", "sha256"], name="dossier_file_once_in_an_item")]

    def __str__(self) -> str:
        return self.name

    @property
    def extension(self) -> str:
        stem, dot, ending = self.name.rpartition(".")
        return f"{dot}{ending.lower()}" if stem else ""
