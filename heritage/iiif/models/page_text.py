"""Page text: what stands on a scan, word by word, with the box of every word."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.iiif.models.canvas import Canvas


class PageText(models.Model):
    """The text of one canvas, from ALTO or hOCR.

    `text` is NFC, words joined by single spaces and lines by newlines. `words` is a list of
    `[offset, length, x, y, width, height]`, offsets in characters of `text`, boxes in pixels of the canvas.
    """

    canvas = models.OneToOneField(Canvas, models.CASCADE, related_name="page_text")
    text = models.TextField(_("text"))
    folded = models.TextField(_("text without marks"), editable=False)
    words = models.JSONField(_("word boxes"), default=list)
    language = models.CharField(_("language"), max_length=16, blank=True)
    media_type = models.CharField(_("media type of the source"), max_length=60, blank=True)
    source = models.CharField(_("source file"), max_length=200, blank=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)

    class Meta:
        verbose_name = _("page text")
        verbose_name_plural = _("page texts")

    def __str__(self) -> str:
        return f"{self.canvas} ({len(self.words)})"
