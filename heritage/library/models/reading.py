"""What readers leave in books: their place, bookmarks, highlights with notes. Theirs alone; staff never see it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.library.models.edition import Edition


class MarkKind(models.TextChoices):
    BOOKMARK = "bookmark", _("bookmark")
    HIGHLIGHT = "highlight", _("highlight")


class Reading(models.Model):
    """A reader in a book. `place` is an EPUB CFI, or seconds of an audiobook; times are server milliseconds.

    A reading program that names no place of its own leaves `place` blank: then `fraction` alone says how far. `device`
    is the address (URI) by which it names itself, blank where the place was kept by this site's own reader.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="readings")
    place = models.CharField(_("place"), max_length=1000, blank=True)
    chapter = models.CharField(_("chapter"), max_length=300, blank=True)
    fraction = models.FloatField(_("read"), default=0)
    placed_ms = models.BigIntegerField(default=0)
    device = models.CharField(max_length=200, blank=True)
    device_name = models.CharField(_("device"), max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "edition"], name="reading_once")]
        verbose_name = _("reading")
        verbose_name_plural = _("readings")

    def __str__(self) -> str:
        return f"{self.user_id} {self.edition_id}"


class Mark(models.Model):
    """A bookmark or highlight. A removed one stays as a trace, so that another device does not bring it back."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="marks")
    kind = models.CharField(_("kind"), max_length=10, choices=MarkKind)
    cfi = models.CharField(_("place"), max_length=1000)
    text = models.CharField(_("text"), max_length=2000, blank=True)
    note = models.TextField(_("note"), max_length=12_000, blank=True)
    colour = models.CharField(_("colour"), max_length=10, blank=True)
    chapter = models.CharField(_("chapter"), max_length=300, blank=True)
    fraction = models.FloatField(default=0)
    changed_ms = models.BigIntegerField()
    removed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "kind", "cfi"], name="mark_once")]
        verbose_name = _("bookmark or highlight")
        verbose_name_plural = _("bookmarks and highlights")

    def __str__(self) -> str:
        return self.text or self.chapter or self.cfi
