"""Imports of catalogue records that staff order in the admin, and what columns mean, saved under a name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.core.models import FileImport, SavedMeaning


def import_folder(instance: "WorksImport", filename: str) -> str:
    """A folder that nobody can guess; nothing in it is served by its path."""
    return f"imports/works/{instance.token}/{filename}"


class WorksImport(FileImport):
    """One file of catalogue records: MARC 21, MARCXML, or a table with what its columns mean."""

    file = models.FileField(_("file"), upload_to=import_folder, max_length=300, blank=True)
    dry_run = models.BooleanField(_("trial run"), default=True)
    report = models.FileField(_("report by row"), upload_to=import_folder, max_length=300, blank=True)

    class Meta(FileImport.Meta):
        abstract = False
        verbose_name = _("import of catalogue records")
        verbose_name_plural = _("imports of catalogue records")
        indexes = [models.Index(fields=["state", "id"], name="works_import_by_state")]


class WorksMeaning(SavedMeaning):
    """What the columns of a table of works mean."""

    class Meta(SavedMeaning.Meta):
        abstract = False
        verbose_name = _("meaning of columns")
        verbose_name_plural = _("meanings of columns")
