"""Editions: a work as an e-book, an audiobook, a scanned book or a printed copy on a shelf."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from heritage.core import languages
from heritage.library import files
from heritage.library.models.work import Language, Work

if TYPE_CHECKING:
    from django.db.models import QuerySet


class EditionKind(models.TextChoices):
    EBOOK = "ebook", _("e-book")
    AUDIOBOOK = "audiobook", _("audiobook")
    SCAN = "scan", _("scanned book")
    PRINT = "print", _("printed book")


class FileFormat(models.TextChoices):
    EPUB = "epub", "EPUB"
    PDF = "pdf", "PDF"
    CBZ = "cbz", "CBZ"
    MP3 = "mp3", "MP3"
    OGG = "ogg", "Ogg"
    M4A = "m4a", "M4A"
    FLAC = "flac", "FLAC"


MEDIA_TYPES = {form: files.MEDIA_TYPES[f".{form}"] for form in FileFormat}
"""Media type (RFC 6838) by format."""


class PageDirection(models.TextChoices):
    LEFT_TO_RIGHT = "ltr", _("from left to right")
    RIGHT_TO_LEFT = "rtl", _("from right to left")


class Access(models.TextChoices):
    OPEN = "open", _("open to everybody")
    LENDING = "lending", _("lent, a number of copies")
    STAFF = "staff", _("staff only")


class Edition(models.Model):
    """One form of a work; a lent one has `copies`, an open one has none to count.

    `sha256` names the stored file; `source_sha256` the file as it was handed in, before it was cleaned; `partial_md5`
    is how KOReader knows the stored file (`heritage.library.digests`).
    """

    work = models.ForeignKey(Work, models.CASCADE, related_name="editions", verbose_name=_("work"))
    kind = models.CharField(_("kind"), max_length=10, choices=EditionKind)
    format = models.CharField(_("format"), max_length=5, choices=FileFormat, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.VI)
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True)
    access = models.CharField(_("access"), max_length=8, choices=Access, default=Access.OPEN)
    copies = models.PositiveIntegerField(
        _("copies"), null=True, blank=True, help_text=_("How many readers may have it at once; only for a lent title.")
    )
    file = models.FileField(
        _("file"), storage=files.ShelfStorage(), upload_to="library/editions", max_length=200, blank=True
    )
    original_name = models.CharField(_("name of the file"), max_length=255, blank=True)
    size = models.BigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, db_index=True)
    duration_s = models.FloatField(_("duration in seconds"), null=True, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    partial_md5 = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    source_identifier = models.CharField(_("identifier in the file"), max_length=255, blank=True, db_index=True)
    source_title = models.CharField(_("title in the file"), max_length=300, blank=True, editable=False)
    is_narrated = models.BooleanField(
        _("read together"), default=False, editable=False, help_text=_("Text and voice in step, in one e-book.")
    )
    page_direction = models.CharField(
        _("pages are leafed"),
        max_length=3,
        choices=PageDirection,
        blank=True,
        help_text=_("Of a PDF or a book of pictures; left blank, as the file says."),
    )
    digital_object = models.ForeignKey(
        "iiif.DigitalObject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name=_("digital object"),
        help_text=_("The scans of a scanned book."),
    )
    note_vi = models.CharField(_("note in Vietnamese"), max_length=500, blank=True)
    note_en = models.CharField(_("note in English"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)

    unit_fields = ("work__unit",)

    chapters: "QuerySet[Chapter]"
    tracks: "QuerySet[AudioTrack]"

    class Meta:
        ordering = ["work", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="edition_copies_where_lent",
                condition=Q(access=Access.LENDING, copies__isnull=False)
                | (~Q(access=Access.LENDING) & Q(copies__isnull=True)),
                violation_error_message=_("Give a number of copies for a lent title, and for no other."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "work"], name="edition_by_kind")]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return f"{self.kind_words}: {languages.in_language(self.work, 'title')}"

    @property
    def kind_words(self) -> str:
        """The kind as people read it; text and voice in one e-book are said so."""
        return str(_("e-book with voice") if self.is_narrated else self.get_kind_display())

    @property
    def is_lent(self) -> bool:
        return self.access == Access.LENDING

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES.get(FileFormat(self.format), "") if self.format else ""

    @cached_property
    def use_url(self) -> str:
        """Where this edition is read or heard; "" for a printed one."""
        if self.kind == EditionKind.AUDIOBOOK:
            return reverse("listen", args=[self.work.number])
        return reverse("read", args=[self.work.number]) if self.kind != EditionKind.PRINT else ""


class AudioTrack(models.Model):
    """One audio file of an audiobook."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="tracks")
    sort_order = models.PositiveIntegerField(_("order"))
    title = models.CharField(pgettext_lazy("of a work", "title"), max_length=300, blank=True)
    duration_s = models.FloatField(_("duration in seconds"))
    file = models.FileField(_("file"), storage=files.ShelfStorage(), upload_to="library/tracks", max_length=200)
    format = models.CharField(_("format"), max_length=5, choices=FileFormat)
    original_name = models.CharField(_("name of the file"), max_length=255, blank=True)
    size = models.BigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)

    class Meta:
        ordering = ["edition", "sort_order"]
        constraints = [models.UniqueConstraint(fields=["edition", "sort_order"], name="track_order_once")]
        verbose_name = _("audio track")
        verbose_name_plural = _("audio tracks")

    def __str__(self) -> str:
        return self.title or self.original_name

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[FileFormat(self.format)]


class Transcript(models.Model):
    """What is said in an audio track, with its seconds: WebVTT (W3C), handed in beside the sound or typed by staff.

    `edited_at` is set once staff wrote it: a later import leaves it alone.
    """

    track = models.OneToOneField(AudioTrack, models.CASCADE, related_name="transcript")
    text = models.TextField(_("WebVTT"))
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True)

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")

    def __str__(self) -> str:
        return str(self.track)


class Chapter(models.Model):
    """An entry of the contents: a place in an e-book (`href`) or a second of an audio track."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="chapters")
    sort_order = models.PositiveIntegerField(_("order"))
    title = models.CharField(pgettext_lazy("of a work", "title"), max_length=300)
    depth = models.PositiveSmallIntegerField(_("depth"), default=0)
    href = models.CharField(_("place in the e-book"), max_length=500, blank=True)
    track = models.ForeignKey(AudioTrack, models.CASCADE, null=True, blank=True, related_name="chapters")
    start_s = models.FloatField(_("start in seconds"), default=0)

    class Meta:
        ordering = ["edition", "sort_order"]
        constraints = [models.UniqueConstraint(fields=["edition", "sort_order"], name="chapter_order_once")]
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    def __str__(self) -> str:
        return self.title
