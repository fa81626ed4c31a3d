"""Canvases: the scans of a digital object in their order, each one image of the Image API."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from heritage.iiif.models.digital_object import DigitalObject


class State(models.TextChoices):
    PENDING = "pending", _("waiting to be processed")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")
    MISSING = "missing", _("missing in the object")


class CanvasBehavior(models.TextChoices):
    """How a page stands in a bound book (Presentation API 3.0, `behavior` of a Canvas)."""

    USUAL = "", _("as the others")
    NON_PAGED = "non-paged", _("alone, such as a fold-out or an insert")
    FACING_PAGES = "facing-pages", _("both pages of an opening in one picture")


class CanvasQuerySet(models.QuerySet["Canvas"]):
    def ready(self) -> "CanvasQuerySet":
        return self.filter(state=State.READY)


class Canvas(models.Model):
    """One scan: the original as it came in, and the tiled pyramid made from it.

    `original` and `pyramid` are paths below IIIF_ORIGINALS_DIR and IIIF_PYRAMIDS_DIR; `width` and `height` are pixels
    of the upright image; `sha256` is that of the original file, in hexadecimal. `version` changes with every new
    pyramid and is part of every cache key. Sound and film have a `duration` in seconds, no pyramid, and pixels only
    where there is a picture. A 3D model has none of these. A page that is missing in the object has a size only.

    With `shown_on` it is no canvas of its own but a picture on that one: another view of all of it, such as one by
    raking light, or, with `place_on` (`left,top,width,height` in pixels of that canvas), a part laid where it belongs.
    """

    sort_order_field = "order"

    digital_object = ParentalKey(DigitalObject, on_delete=models.CASCADE, related_name="canvases")
    order = models.PositiveIntegerField(_("order"), default=0, editable=False)
    image_identifier = models.CharField(_("image identifier"), max_length=80, unique=True, editable=False)
    label_vi = models.CharField(_("label in Vietnamese"), max_length=200, blank=True)
    label_en = models.CharField(_("label in English"), max_length=200, blank=True)
    behavior = models.CharField(_("place in the book"), max_length=12, choices=CanvasBehavior, blank=True)
    original = models.CharField(_("original file"), max_length=200, blank=True, editable=False)
    original_name = models.CharField(_("name of the file"), max_length=200, blank=True, editable=False)
    original_bytes = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    original_page = models.PositiveIntegerField(_("page in the file"), default=0, editable=False)
    pyramid = models.CharField(_("pyramid"), max_length=200, blank=True, editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, db_index=True, editable=False)
    media_type = models.CharField(_("media type"), max_length=60, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PENDING, editable=False)
    failure = models.TextField(_("reason of the failure"), blank=True, editable=False)
    technical = models.JSONField(_("technical metadata"), default=dict, blank=True, editable=False)
    duration = models.FloatField(_("duration in seconds"), null=True, blank=True, editable=False)
    version = models.CharField(_("version"), max_length=16, blank=True, editable=False)
    shown_on = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="layers",
        verbose_name=_("shown on"),
        editable=False,
    )
    place_on = models.CharField(_("place on it"), max_length=32, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)

    objects = CanvasQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="canvas_ready_is_whole",
                condition=~models.Q(state=State.READY)
                | (models.Q(width__gt=0, height__gt=0) & ~models.Q(pyramid="") & ~models.Q(version=""))
                | (models.Q(duration__gt=0) & ~models.Q(version=""))
                | (models.Q(media_type__startswith="model/") & ~models.Q(version="")),
                violation_error_message=_("A scan is ready only with its pyramid and its measures."),
            ),
        ]
        verbose_name = _("scan")
        verbose_name_plural = _("scans")

    def __str__(self) -> str:
        return self.image_identifier

    def clean(self) -> None:
        """A scan begins with a file; none can be made by typing."""
        if not self.image_identifier:
            raise ValidationError(_("Give the scan as a file."))

    @property
    def is_recording(self) -> bool:
        """Whether this is sound or film, which has a duration and no pyramid."""
        return bool(self.duration)

    @property
    def is_model(self) -> bool:
        """Whether this is a 3D model, which has neither."""
        return self.media_type.startswith("model/")

    @property
    def is_missing(self) -> bool:
        """Whether this stands for a page that the object has lost, or that was never scanned."""
        return self.state == State.MISSING

    @property
    def is_picture(self) -> bool:
        """Whether this is an image of the Image API."""
        return not (self.is_recording or self.is_model or self.is_missing)
