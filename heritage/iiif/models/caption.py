"""Captions: what is said in a recording, with its times, in one language each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.iiif.models.canvas import Canvas


class CaptionLanguage(models.TextChoices):
    """Languages that recordings of the province are written down in (BCP 47)."""

    VIETNAMESE = "vi", _("Vietnamese")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    CHINESE = "zh", _("Chinese")
    JAPANESE = "ja", _("Japanese")
    KOREAN = "ko", _("Korean")
    TAY = "tyz", _("Tày")
    NUNG = "nut", _("Nùng")
    DAO = "ium", _("Dao")
    MONG = "hmn", _("Mông")
    SAN_CHAY = "pcc", _("Sán Chay")
    KHMER = "km", _("Khmer")
    JRAI = "jra", _("Gia Rai")
    BAHNAR = "bdq", _("Ba Na")
    CHAM = "cjm", _("Chăm")


class CaptionKind(models.TextChoices):
    """Captions tell sounds as well as speech, for those who cannot hear; subtitles are a translation of the speech."""

    CAPTIONS = "captions", _("captions")
    SUBTITLES = "subtitles", _("subtitles")


class Caption(models.Model):
    """WebVTT (W3C) of one language for the sound or the film of a canvas; `words` are the same without times.

    `folded` is `words` without marks, letter by letter, so that an offset means the same place in both.
    """

    canvas = models.ForeignKey(Canvas, models.CASCADE, related_name="captions", verbose_name=_("recording"))
    language = models.CharField(_("language"), max_length=8, choices=CaptionLanguage)
    kind = models.CharField(_("kind"), max_length=10, choices=CaptionKind, default=CaptionKind.CAPTIONS)
    text = models.TextField(_("WebVTT"))
    words = models.TextField(_("words without times"), editable=False)
    folded = models.TextField(_("words without marks"), editable=False)
    source = models.CharField(_("source file"), max_length=200, blank=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)

    class Meta:
        ordering = ["canvas", "language"]
        constraints = [models.UniqueConstraint(fields=["canvas", "language"], name="caption_language_once")]
        verbose_name = _("captions of a recording")
        verbose_name_plural = _("captions of recordings")

    def __str__(self) -> str:
        return f"{self.canvas} ({self.language})"
