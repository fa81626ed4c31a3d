"""Annotations: what people write about a place on a canvas; shown only once staff published it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.iiif import html, regions
from heritage.iiif.models.canvas import Canvas


class Motivation(models.TextChoices):
    """Why it is written (Presentation API 3.0, and the W3C Web Annotation Data Model, section 3.3.5)."""

    COMMENTING = "commenting", _("comment")
    SUPPLEMENTING = "supplementing", _("transcription")
    TRANSLATING = "translating", _("translation")
    TAGGING = "tagging", _("tag")


class Moderation(models.TextChoices):
    WAITING = "waiting", _("waiting for review")
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("refused")


class AnnotationLanguage(models.TextChoices):
    VIETNAMESE = "vi", _("Vietnamese")
    ENGLISH = "en", _("English")
    HAN_NOM = "vi-Hani", _("Hán-Nôm")
    CHINESE = "lzh", _("Classical Chinese")
    FRENCH = "fr", _("French")


class TextFormat(models.TextChoices):
    PLAIN = "text/plain", _("plain text")
    HTML = "text/html", _("with links and emphasis (HTML)")


class Annotation(models.Model):
    """Text of at most 4,000 characters; `region` is blank where the whole canvas is meant.

    `other_text` says the same in another language. `latitude` and `longitude` (WGS 84) tell where on the ground lies
    what is shown there.
    """

    unit_fields = ("canvas__digital_object__unit",)

    canvas = models.ForeignKey(Canvas, models.CASCADE, related_name="remarks", verbose_name=_("scan"))
    motivation = models.CharField(_("kind of remark"), max_length=16, choices=Motivation, default=Motivation.COMMENTING)
    text = models.TextField(_("text"), max_length=4000)
    language = models.CharField(
        _("language"), max_length=8, choices=AnnotationLanguage, default=AnnotationLanguage.VIETNAMESE
    )
    format = models.CharField(_("form of the text"), max_length=10, choices=TextFormat, default=TextFormat.PLAIN)
    other_text = models.TextField(_("the same in another language"), max_length=4000, blank=True)
    other_language = models.CharField(_("its language"), max_length=8, choices=AnnotationLanguage, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    region = models.CharField(_("region"), max_length=800, blank=True, validators=[regions.validate])
    creator = models.CharField(_("shown name of the writer"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=Moderation, default=Moderation.WAITING, db_index=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("remark on a scan")
        verbose_name_plural = _("remarks on scans")

    def __str__(self) -> str:
        return f"{self.canvas}: {self.text[:60]}"

    def clean(self) -> None:
        """A region must lie on the page; HTML is well-formed; what belongs together is given together."""
        self._clean_texts()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give latitude and longitude, or neither.")})
        if not (regions.REGION.match(self.region) and self.canvas_id):
            return
        try:
            regions.check(self.region, self.canvas.width or 0, self.canvas.height or 0, self.canvas.duration or 0)
        except ValidationError as outside:
            raise ValidationError({"region": outside.messages}) from outside

    def _clean_texts(self) -> None:
        if self.format == TextFormat.HTML:
            for name in ("text", "other_text"):
                text = getattr(self, name)
                problem = html.problem_of(text) if html.is_html(text) or not text else html.no_html()
                if problem:
                    raise ValidationError({name: problem})
        if bool(self.other_text) != bool(self.other_language) or (
            self.other_text and self.other_language == self.language
        ):
            raise ValidationError({"other_language": _("Give the other text and its language, one that differs.")})
