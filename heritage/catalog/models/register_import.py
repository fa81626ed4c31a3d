"""Imports of the register: the file, how far it is in, and what became of each row, so that it can be undone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.core.letters import NAMES
from heritage.core.models import FileImport, SavedMeaning


class Deed(models.TextChoices):
    """What the worker is to do with an import."""

    TRIAL = "trial", _("trial run")
    IMPORT = "import", _("import")
    UNDO = "undo", _("undoing")


class RowOutcome(models.TextChoices):
    CREATED = "created", _("new")
    UPDATED = "updated", _("changed")
    REFUSED = "refused", _("refused")


class Undone(models.TextChoices):
    """What undoing an import did to what a row had done."""

    YES = "undone", _("undone")
    NO = "kept", _("kept")


def import_folder(instance: "RegisterImport", filename: str) -> str:
    """A folder that nobody can guess; nothing in it is served by its path."""
    return f"imports/register/{instance.token}/{filename}"


class RegisterImport(FileImport):
    """One file of records, or a ZIP of pictures. Up to line `position` all is in, beyond it nothing.

    What a chunk does and how far it comes is written at once.

    `provider` names whoever keeps the keys in the column `external_id`; `digest` is the file's SHA-256.
    """

    file = models.FileField(_("file"), upload_to=import_folder, max_length=300, blank=True)
    provider = models.CharField(_("provider of the file"), max_length=80, blank=True)
    letters = models.CharField(_("old letters"), max_length=8, choices=[*NAMES.items()], blank=True)
    overwrite = models.BooleanField(
        _("let the file win over edits made by hand"),
        default=False,
        help_text=_("Otherwise a row that would change what somebody edited here is refused, and says so."),
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Of pictures that do not name their own (IPTC).")
    )
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    deed = models.CharField(_("what is done"), max_length=6, choices=Deed, default=Deed.TRIAL)
    position = models.PositiveIntegerField(_("lines that are in"), default=0)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    report = models.FileField(_("report by row"), upload_to=import_folder, max_length=300, blank=True)

    class Meta(FileImport.Meta):
        abstract = False
        verbose_name = _("import of the register")
        verbose_name_plural = _("imports of the register")
        indexes = [
            models.Index(fields=["state", "id"], name="register_import_by_state"),
            models.Index(fields=["digest"], name="register_import_by_digest"),
        ]

    @property
    def is_of_pictures(self) -> bool:
        return self.name.lower().endswith(".zip")

    @property
    def is_in(self) -> bool:
        """Whether any of it stands in the register and may be undone."""
        return self.position > 0 and self.undone_at is None


class ImportedLine(models.Model):
    """What one line of a file did: made a record, changed one, or nothing, with the reason.

    `before` holds what a change replaced: `values` by canonical key, the `base` that the import before had left, and
    whose (`job`, `file`); of a picture its `image` and the `place` where it was taken (latitude, longitude; WGS 84).
    """

    job = models.ForeignKey(RegisterImport, models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField(_("line"))
    number = models.CharField(_("number"), max_length=40, blank=True)
    record = models.ForeignKey("catalog.Record", models.CASCADE, null=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=7, choices=RowOutcome)
    column = models.CharField(_("column"), max_length=40, blank=True)
    value = models.CharField(_("value"), max_length=120, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    before = models.JSONField(default=dict, blank=True)
    undone = models.CharField(_("undone"), max_length=6, choices=Undone, blank=True)
    undone_note = models.TextField(_("what could not be undone"), blank=True)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        ordering = ["job", "line"]
        indexes = [models.Index(fields=["job", "line"], name="imported_line_by_job")]

    def __str__(self) -> str:
        return f"{self.line} {self.number}"


class RecordMeaning(SavedMeaning):
    """What the columns of a file of records mean."""

    class Meta(SavedMeaning.Meta):
        abstract = False
        verbose_name = _("meaning of columns (register)")
        verbose_name_plural = _("meanings of columns (register)")
