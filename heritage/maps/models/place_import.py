"""Imports of places that staff order in the admin, and what columns mean, saved under a name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.core.models import FileImport, SavedMeaning
from heritage.maps.models.vocabulary import PlaceKind


def import_folder(instance: "PlaceImport", filename: str) -> str:
    """A folder that nobody can guess; nothing in it is served by its path."""
    return f"imports/places/{instance.token}/{filename}"


class PlaceImport(FileImport):
    """One file of places: where it comes from, and what its columns mean."""

    file = models.FileField(_("file"), upload_to=import_folder, max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    licence = models.CharField(_("licence of the source"), max_length=60, blank=True)
    kind = models.CharField(_("kind of rows that name none"), max_length=14, choices=PlaceKind, blank=True)
    dry_run = models.BooleanField(_("trial run"), default=True)
    report = models.FileField(_("report by row"), upload_to=import_folder, max_length=300, blank=True)

    class Meta(FileImport.Meta):
        abstract = False
        verbose_name = _("import of places")
        verbose_name_plural = _("imports of places")
        indexes = [models.Index(fields=["state", "id"], name="place_import_by_state")]


class ColumnMapping(SavedMeaning):
    """What the columns of a file of places mean."""

    class Meta(SavedMeaning.Meta):
        abstract = False
        verbose_name = _("meaning of columns")
        verbose_name_plural = _("meanings of columns")
