"""Tourist places: where a visitor sleeps, eats, shops, looks and finds help."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, RevisionMixin, WorkflowMixin

from heritage.catalog.sorting import sort_text
from heritage.core import identifiers
from heritage.core.folding import fold, nfc
from heritage.core.models import BilingualPreviewMixin
from heritage.maps import coordinates, hours
from heritage.maps.models.details import FoodFields, LodgingFields, SeasonFields, ShoppingFields, SourceFields
from heritage.maps.models.likeness import digits, name_key
from heritage.maps.models.vocabulary import KIND_OF, Answer, Category, HoursState, PlaceKind, PriceBand, VisitorGroup

WEB_SCHEMES = ("http://", "https://")


class Place(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    BilingualPreviewMixin,
    LodgingFields,
    FoodFields,
    ShoppingFields,
    SeasonFields,
    SourceFields,
    ClusterableModel,
):
    """One place of a register of tourism; `latitude` and `longitude` are degrees (WGS 84).

    `opening_hours` keeps what was typed, in OpenStreetMap's syntax where `hours_state` is `read`.
    """

    unit_fields = ("unit",)
    preview_view = "heritage.maps.views.place.preview"

    number = models.CharField(
        _("number"),
        max_length=40,
        unique=True,
        blank=True,
        validators=[identifiers.validate_number],
        help_text=_("Permanent. Left blank, the next free one is given."),
    )
    kind = models.CharField(_("kind"), max_length=14, choices=PlaceKind)
    category = models.CharField(_("category"), max_length=18, choices=Category, blank=True)
    name_vi = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    description_vi = models.TextField(_("description in Vietnamese"), max_length=4000, blank=True)
    description_en = models.TextField(_("description in English"), max_length=4000, blank=True)
    cover = models.ForeignKey(
        "core.ArchiveImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("administrative unit")
    )
    address = models.CharField(_("street, hamlet"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    coord_accuracy_m = models.PositiveIntegerField(_("accuracy in metres"), null=True, blank=True)
    coord_confirmed = models.BooleanField(
        _("position confirmed"),
        default=False,
        help_text=_("Tick where the point is right although it lies outside every province's outline."),
    )

    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    zalo = models.CharField(_("Zalo"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("web site"), max_length=300, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=255, blank=True)
    hours_state = models.CharField(max_length=4, choices=HoursState, default=HoursState.NONE, editable=False)
    holiday_note_vi = models.CharField(_("Tết and holidays, in Vietnamese"), max_length=200, blank=True)
    holiday_note_en = models.CharField(_("Tết and holidays, in English"), max_length=200, blank=True)
    price_band = models.CharField(_("price band"), max_length=10, choices=PriceBand, blank=True)
    price_from = models.PositiveIntegerField(_("price from (đồng)"), null=True, blank=True)
    price_to = models.PositiveIntegerField(_("price to (đồng)"), null=True, blank=True)
    wheelchair = models.CharField(_("wheelchair access"), max_length=8, choices=Answer, blank=True)
    accessibility_vi = models.CharField(_("access, in Vietnamese"), max_length=300, blank=True)
    accessibility_en = models.CharField(_("access, in English"), max_length=300, blank=True)
    languages_spoken = models.CharField(
        _("languages spoken"), max_length=60, blank=True, help_text=_("Two-letter codes: vi, en, fr.")
    )
    payment = models.CharField(_("ways of payment"), max_length=120, blank=True)

    split_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="split_offs",
        verbose_name=_("split off from"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)
    folded = models.CharField(max_length=420, editable=False, blank=True)
    match_name = models.CharField(max_length=200, editable=False, blank=True)
    match_phone = models.CharField(max_length=20, editable=False, blank=True)
    sort_vi = models.CharField(max_length=120, editable=False, blank=True)
    sort_en = models.CharField(max_length=120, editable=False, blank=True)

    class Meta:
        verbose_name = _("tourist place")
        verbose_name_plural = _("tourist places")
        ordering = ["sort_vi", "number"]
        indexes = [
            models.Index(fields=["live", "sort_vi", "number"], name="place_list"),
            models.Index(fields=["live", "kind", "sort_vi", "number"], name="place_list_kind"),
            models.Index(fields=["live", "unit", "sort_vi"], name="place_list_unit"),
            models.Index(fields=["live", "sort_en", "number"], name="place_list_en"),
            models.Index(fields=["source", "source_key"], name="place_source"),
            models.Index(fields=["folded"], name="place_folded"),
            models.Index(fields=["modified_at"], name="place_by_change"),
            models.Index(fields=["match_name"], name="place_match_name"),
            models.Index(fields=["match_phone"], name="place_match_phone"),
        ]
        constraints = [
            models.CheckConstraint(
                name="place_point_is_whole",
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
            models.CheckConstraint(
                name="place_stars_are_verified",
                condition=models.Q(stars=None)
                | (models.Q(stars_verified_on__isnull=False) & ~models.Q(stars_verified_by="")),
                violation_error_message=_("Say who verified the stars and when; unverified stars are not shown."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name_vi}".strip()

    def get_absolute_url(self) -> str:
        return reverse("place", args=[self.number])

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.pk:
            old = Place.objects.filter(pk=self.pk).values_list("number", flat=True).first()
            if old and self.number != old:
                errors["number"] = _("The number %(old)s is permanent.") % {"old": old}
        if self.category and KIND_OF.get(Category(self.category)) != self.kind:
            errors["category"] = _("This category belongs to another kind of place.")
        if self.website and not self.website.lower().startswith(WEB_SCHEMES):
            errors["website"] = _("A web address begins with http:// or https://.")
        if self.price_from is not None and self.price_to is not None and self.price_to < self.price_from:
            errors["price_to"] = _("The highest price is below the lowest.")
        if self.latitude is not None and self.longitude is not None:
            problem = coordinates.problem(self.latitude, self.longitude, confirmed=self.coord_confirmed)
            if problem:
                errors[problem.field] = problem.message
        if errors:
            raise ValidationError(errors)

    def derive(self) -> None:
        """Bring texts to one form and fill what lists and maps read."""
        for name in ("name_vi", "name_en", "description_vi", "description_en", "address", "opening_hours"):
            setattr(self, name, nfc(getattr(self, name) or "").strip())
        self.folded = fold(f"{self.number} {self.name_vi} {self.name_en}")[:420]
        self.sort_vi, self.sort_en = sort_text(self.name_vi), sort_text(self.name_en or self.name_vi)
        self.match_name, self.match_phone = name_key(self.name_vi), digits(self.phone)
        self.hours_state = hours.state_of(self.opening_hours)

    @transaction.atomic
    def save(self, **kwargs: Any) -> None:
        """A whole save gives the number and derived columns; a save of named fields touches nothing else."""
        if kwargs.get("update_fields") is None:
            self.number = self.number or identifiers.next_number("DD")
            self.derive()
        super().save(**kwargs)

    @property
    def hours_in_force(self) -> str:
        """The opening hours with their exceptions, in one expression; what is only text stays as it is."""
        if self.hours_state != HoursState.READ:
            return self.opening_hours
        clauses = [clause for one in self.hours_exceptions.all() for clause in one.clauses()]
        whole = "; ".join([self.opening_hours, *clauses])
        return whole if hours.read(whole) else self.opening_hours


class PlaceImage(Orderable):
    """A further photograph of a place; its rights stand with the image."""

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey("core.ArchiveImage", models.CASCADE, related_name="+", verbose_name=_("image"))

    class Meta(Orderable.Meta):
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")

    def __str__(self) -> str:
        return str(self.image)


class TicketPrice(Orderable):
    """What a group of visitors pays from a day on; `price` in đồng, 0 = free."""

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="ticket_prices")
    group = models.CharField(_("visitors"), max_length=10, choices=VisitorGroup, default=VisitorGroup.ADULT)
    price = models.PositiveIntegerField(_("price (đồng)"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("ticket price")
        verbose_name_plural = _("ticket prices")

    def __str__(self) -> str:
        return f"{self.get_group_display()}: {self.price}"
