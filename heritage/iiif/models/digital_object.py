"""Digital objects: what a IIIF manifest describes, such as a rubbing, a map or a book with its pages."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from heritage.iiif import html
from heritage.places.models.unit import Unit

validate_identifier = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,59}\Z",
    _("An identifier has 1 to 60 letters, digits, hyphens or underscores without marks or spaces, such as TN01-2."),
)


class Access(models.TextChoices):
    """Who may see an object, on every road: images, manifests, search within."""

    OPEN = "open", _("open to everybody")
    STAFF = "staff", _("staff only")
    CLOSED = "closed", _("closed")


class Audience(models.TextChoices):
    """What the public gets of an open object's images; whoever has a right to the object gets all of them."""

    FULL = "full", _("everything, in full size")
    REDUCED = "reduced", _("a reduced size; in full for staff")
    STAFF = "staff", _("the description; images for staff")
    ON_SITE = "on-site", _("the description; images in the reading room")


class Behavior(models.TextChoices):
    """How a viewer lays the canvases out (Presentation API 3.0, `behavior`)."""

    INDIVIDUALS = "individuals", _("separate sheets")
    PAGED = "paged", _("bound book, opened in pairs")
    CONTINUOUS = "continuous", _("one continuous strip")
    UNORDERED = "unordered", _("set without an order")


class ViewingDirection(models.TextChoices):
    """In which direction the canvases follow each other (Presentation API 3.0, `viewingDirection`)."""

    LEFT_TO_RIGHT = "left-to-right", _("left to right")
    RIGHT_TO_LEFT = "right-to-left", _("right to left, as Hán-Nôm books")
    TOP_TO_BOTTOM = "top-to-bottom", _("top to bottom")
    BOTTOM_TO_TOP = "bottom-to-top", _("bottom to top")


class Rights(models.TextChoices):
    """Statements that the Presentation API accepts as `rights`: Creative Commons and RightsStatements.org."""

    UNKNOWN = "", _("not stated")
    PUBLIC_DOMAIN = "http://creativecommons.org/publicdomain/mark/1.0/", _("public domain")
    CC0 = "http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"
    CC_BY = "http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"
    CC_BY_SA = "http://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"
    CC_BY_NC = "http://creativecommons.org/licenses/by-nc/4.0/", "CC BY-NC 4.0"
    CC_BY_ND = "http://creativecommons.org/licenses/by-nd/4.0/", "CC BY-ND 4.0"
    CC_BY_NC_SA = "http://creativecommons.org/licenses/by-nc-sa/4.0/", "CC BY-NC-SA 4.0"
    CC_BY_NC_ND = "http://creativecommons.org/licenses/by-nc-nd/4.0/", "CC BY-NC-ND 4.0"
    IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/", _("in copyright")
    NOT_EVALUATED = "http://rightsstatements.org/vocab/CNE/1.0/", _("copyright not evaluated")
    NO_KNOWN = "http://rightsstatements.org/vocab/NKC/1.0/", _("no known copyright")


class DigitalObjectQuerySet(models.QuerySet["DigitalObject"]):
    def open(self) -> "DigitalObjectQuerySet":
        return self.filter(access=Access.OPEN)


class DigitalObject(ClusterableModel):
    """One object with one manifest. Its access is set by the services of what it belongs to; iiif only obeys it."""

    unit_fields = ("unit",)

    identifier = models.CharField(
        _("identifier"),
        max_length=60,
        unique=True,
        validators=[validate_identifier],
        help_text=_("Part of the permanent address of the object; it cannot be changed later."),
    )
    label_vi = models.CharField(_("label in Vietnamese"), max_length=300)
    label_en = models.CharField(_("label in English"), max_length=300, blank=True)
    summary_vi = models.TextField(_("summary in Vietnamese"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    rights = models.URLField(_("rights"), max_length=120, choices=Rights, blank=True)
    attribution_vi = models.CharField(_("required statement in Vietnamese"), max_length=300, blank=True)
    attribution_en = models.CharField(_("required statement in English"), max_length=300, blank=True)
    access = models.CharField(_("access"), max_length=8, choices=Access, default=Access.STAFF)
    audience = models.CharField(
        _("what the public gets"),
        max_length=8,
        choices=Audience,
        default=Audience.FULL,
        help_text=_("Holds once the object is open; until then nobody but staff sees anything of it."),
    )
    behavior = models.CharField(_("layout"), max_length=16, choices=Behavior, default=Behavior.INDIVIDUALS)
    viewing_direction = models.CharField(
        _("viewing direction"), max_length=16, choices=ViewingDirection, default=ViewingDirection.LEFT_TO_RIGHT
    )
    start = models.ForeignKey(
        "iiif.Canvas", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page to open first")
    )
    start_second = models.FloatField(
        _("second to begin at"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Where the page to open first is a recording."),
    )
    poster = models.ForeignKey(
        "iiif.Canvas",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture to stand for it"),
    )
    shown_date = models.DateField(
        _("date of what is shown"), null=True, blank=True, help_text=_("Places the object on a time line.")
    )
    unit = models.ForeignKey(
        Unit,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="digital_objects",
        verbose_name=_("administrative unit"),
        help_text=_("Whose staff may see and change the object; it follows the record where there is one."),
    )
    images_issued = models.PositiveIntegerField(_("images ever issued"), default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True, db_index=True)

    objects = DigitalObjectQuerySet.as_manager()

    class Meta:
        ordering = ["identifier"]
        verbose_name = _("digital object")
        verbose_name_plural = _("digital objects")

    def __str__(self) -> str:
        return f"{self.identifier} {self.label_vi}"

    def clean(self) -> None:
        """A second to begin at lies within the recording that is opened first; HTML is well-formed."""
        super().clean()
        texts = ("summary_vi", "summary_en", "attribution_vi", "attribution_en")
        if problems := {name: found for name in texts if (found := html.problem_of(getattr(self, name)))}:
            raise ValidationError(problems)
        if self.start_second is None:
            return
        duration = self.start.duration if self.start else None
        if not duration or not 0 <= self.start_second < duration:
            reason = _("Choose a recording as the page to open first, and a second within it.")
            raise ValidationError({"start_second": reason})

    @property
    def kept_as(self) -> str:
        """The access by which what stands between us and the reader may keep its text and images."""
        return self.access if self.audience in (Audience.FULL, Audience.REDUCED) else Access.STAFF

    def get_absolute_url(self) -> str:
        """The address of the manifest."""
        from heritage.iiif import addresses

        return addresses.manifest_path(self.identifier)
