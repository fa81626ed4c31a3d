"""People of the register: practitioners, artisans, keepers. What is personal stands in a table of its own.

`Person` holds a code and a unit only. Names and all else that Law 91/2025/QH15 protects are in `PersonalData`, read for
the public through `people.queries` alone, as far as a `Consent` in force allows.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from heritage.catalog.models.composed import ComposedText
from heritage.catalog.models.designation import Authority, outside_office
from heritage.catalog.models.fields import ChoiceListField
from heritage.catalog.surveys import photographs
from heritage.core.folding import fold
from heritage.core.identifiers import CROCKFORD


def new_person_code() -> str:
    """Eight random characters: an address that says nothing of the person and is not guessed from another."""
    return get_random_string(8, CROCKFORD)


def portrait_place(instance: "PersonalData", filename: str) -> str:
    """A name that says nothing of the person; what was typed never becomes a path."""
    return f"people/{get_random_string(24).lower()}.jpg"


def _year(label: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1500), MaxValueValidator(2100)]
    )


class Person(ClusterableModel):
    """One person, by code and unit; `str` never says a name, since histories and logs keep it."""

    unit_fields = ("unit",)
    rights_area = "people"

    code = models.CharField(_("code"), max_length=8, unique=True, editable=False, default=new_person_code)
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("present unit")
    )
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("An invented person, shown as such; for demonstrations.")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.code])


class PersonalData(ComposedText):
    """What is personal of one person."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="personal_data")
    full_name = models.CharField(_("full name"), max_length=150)
    known_as = models.CharField(_("known as"), max_length=150, blank=True)
    birth_year = _year(_("year of birth"))
    death_year = _year(_("year of death"))
    ethnicity = models.CharField(_("ethnic group"), max_length=60, blank=True)
    home = models.CharField(_("home"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    biography_vi = models.TextField(_("life and work (Vietnamese)"), max_length=3000, blank=True)
    biography_en = models.TextField(_("life and work (English)"), max_length=3000, blank=True)
    portrait = models.FileField(
        _("portrait"),
        upload_to=portrait_place,
        max_length=100,
        blank=True,
        help_text=_(
            "JPEG, PNG or WebP; kept small and without the data of the camera. It needs a consent that opens it."
        ),
    )
    portrait_credit = models.CharField(_("credit of the portrait"), max_length=150, blank=True)
    folded = models.CharField(max_length=320, editable=False, blank=True)

    class Meta:
        verbose_name = _("personal data")
        verbose_name_plural = _("personal data")
        constraints = [models.UniqueConstraint(fields=["person"], name="personal_data_once")]

    def __str__(self) -> str:
        return f"{self.person_id}"

    def clean(self) -> None:
        super().clean()
        if self.birth_year and self.death_year and self.death_year < self.birth_year:
            raise ValidationError({"death_year": _("The year of death is before the year of birth.")})
        if self.portrait and not self.portrait._committed:  # type: ignore[attr-defined]
            self._clean_portrait()

    def _clean_portrait(self) -> None:
        """What is kept of an upload: a smaller picture without place, time or camera."""
        upload = self.portrait
        try:
            seen = photographs.read(upload.file, str(upload.name), upload.size)
        except ValidationError as error:
            raise ValidationError({"portrait": error.messages}) from error
        self.portrait = ContentFile(seen.shown, name="portrait.jpg")  # type: ignore[assignment]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(f"{self.full_name} {self.known_as}")[:320]
        before = PersonalData.objects.filter(pk=self.pk).exclude(portrait="").first() if self.pk else None
        super().save(*args, **kwargs)
        if before and before.portrait.name != self.portrait.name:
            before.forget_portrait()

    def forget_portrait(self) -> None:
        """Delete the file once the transaction stands; a picture taken down is not kept anywhere."""
        name, storage = str(self.portrait.name or ""), self.portrait.storage
        if name:
            transaction.on_commit(lambda: storage.delete(name))


class Purpose(models.TextChoices):
    WEB = "web", _("this site: pages and search")
    OPEN_DATA = "open_data", _("data for others: API and exports")


class PersonalField(models.TextChoices):
    """What a consent may open; without the name nothing is shown at all."""

    NAME = "name", _("name")
    YEARS = "years", _("years of birth and death")
    ETHNICITY = "ethnicity", _("ethnic group")
    HOME = "home", _("home")
    CONTACT = "contact", _("telephone and e-mail")
    BIOGRAPHY = "biography", _("life and work")
    TITLES = "titles", _("titles")
    PRACTICE = "practice", _("what the person practises")
    LINEAGE = "lineage", _("masters and pupils")
    PORTRAIT = "portrait", _("portrait")


class GivenBy(models.TextChoices):
    SELF = "self", _("the person")
    GUARDIAN = "guardian", _("a guardian")
    HEIR = "heir", _("an heir of the dead")


class Consent(ComposedText, Orderable):
    """A consent as it was given; it is never deleted, only withdrawn, and counts from its day to its end."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="consents")
    purposes = ChoiceListField(_("for"), choices=Purpose.choices)
    fields = ChoiceListField(_("to show"), choices=PersonalField.choices)
    given_on = models.DateField(_("given on"))
    given_by = models.CharField(_("given by"), max_length=8, choices=GivenBy, default=GivenBy.SELF)
    evidence = models.CharField(
        _("where the signed paper is kept"), max_length=200, help_text=_("Shelf mark, or file number.")
    )
    expires_on = models.DateField(_("last day"), null=True, blank=True)
    is_confirmed = models.BooleanField(
        _("paper seen and confirmed"),
        default=True,
        help_text=_("By who may publish; until then nothing is shown by it. A withdrawal needs nobody's confirmation."),
    )
    withdrawn_on = models.DateField(
        _("withdrawn on"), null=True, blank=True, help_text=_("From this day on nothing is shown by this consent.")
    )
    withdrawal_note = models.CharField(_("note on the withdrawal"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta(Orderable.Meta):
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.given_on}"

    def clean(self) -> None:
        super().clean()
        if not self.purposes:
            raise ValidationError({"purposes": _("Say for what the consent was given.")})
        if PersonalField.NAME not in self.fields:
            raise ValidationError(
                {"fields": _("Without the name nothing can be shown: choose it, or record no consent.")}
            )
        if self.given_on and self.withdrawn_on and self.withdrawn_on < self.given_on:
            raise ValidationError({"withdrawn_on": _("It was withdrawn before it was given.")})
        if self.given_on and self.expires_on and self.expires_on < self.given_on:
            raise ValidationError({"expires_on": _("It ended before it was given.")})

    def is_in_force(self, day: dt.date) -> bool:
        """Whether it allows anything on `day`; on the day of withdrawal it no longer does."""
        return (
            self.is_confirmed
            and self.given_on <= day
            and (self.expires_on is None or day <= self.expires_on)
            and (self.withdrawn_on is None or day < self.withdrawn_on)
        )


class TitleKind(models.TextChoices):
    PEOPLES_ARTISAN = "peoples_artisan", _("people's artisan")
    MERITED_ARTISAN = "merited_artisan", _("merited artisan")
    FOLK_ARTISAN = "folk_artisan", _("folk artisan")
    PEOPLES_ARTIST = "peoples_artist", _("people's artist")
    MERITED_ARTIST = "merited_artist", _("merited artist")
    OTHER = "other", _("other title")


class PersonTitle(ComposedText, Orderable):
    """A title with the decision that gave it."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="titles")
    kind = models.CharField(pgettext_lazy("of honour", "title"), max_length=16, choices=TitleKind)
    wording = models.CharField(_("title as worded"), max_length=120, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_year = _year(_("year of the decision"))
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    round_name = models.CharField(_("round"), max_length=60, blank=True)
    is_posthumous = models.BooleanField(_("after death"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("title of a person")
        verbose_name_plural = _("titles of persons")

    def __str__(self) -> str:
        return self.wording or str(self.get_kind_display())

    def clean(self) -> None:
        super().clean()
        if self.decided_on and self.decided_year and self.decided_on.year != self.decided_year:
            raise ValidationError(
                {"decided_year": _("The year differs from the date; leave it blank or make it agree.")}
            )
        if self.decided_on and self.authority and not self.authority.existed_on(self.decided_on):
            raise ValidationError({"decided_on": outside_office(self.authority, self.decided_on)})
        if self.kind == TitleKind.OTHER and not self.wording:
            raise ValidationError({"wording": _("Write the title.")})


class PracticeRole(models.TextChoices):
    PRACTITIONER = "practitioner", _("practitioner")
    MASTER = "master", _("teaches it")
    PERFORMER = "performer", _("performer")
    MAKER = "maker", _("maker")
    RITUAL_MASTER = "ritual_master", _("master of rituals")


class Practice(ComposedText, Orderable):
    """What a person practises."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="practices")
    record = models.ForeignKey(
        "catalog.Record", models.CASCADE, related_name="practices", verbose_name=_("heritage practised")
    )
    role = models.CharField(_("role"), max_length=14, choices=PracticeRole, default=PracticeRole.PRACTITIONER)
    since_year = _year(_("since the year"))

    class Meta(Orderable.Meta):
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        constraints = [models.UniqueConstraint(fields=["person", "record", "role"], name="practice_once")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"


CIRCLE = _("This master learned from the pupil, even if by way of others.")


def learned_from(master: int, pupil: int) -> bool:
    """Whether `master` is `pupil` or learned from them (primary keys), directly or by way of others."""
    known, frontier = {master}, {master}
    while frontier and pupil not in known:
        above = Lineage.objects.filter(person__in=frontier).values_list("master", flat=True)
        frontier = set(above) - known
        known |= frontier
    return pupil in known


class Lineage(ComposedText, Orderable):
    """Who taught whom: `person` is the pupil."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="masters")
    master = models.ForeignKey(Person, models.CASCADE, related_name="pupils", verbose_name=_("master"))
    record = models.ForeignKey(
        "catalog.Record", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("what was taught")
    )
    since_year = _year(_("since the year"))

    class Meta(Orderable.Meta):
        verbose_name = _("line from master to pupil")
        verbose_name_plural = _("lines from master to pupil")
        constraints = [models.UniqueConstraint(fields=["person", "master", "record"], name="lineage_once")]

    def __str__(self) -> str:
        return f"{self.master_id} → {self.person_id}"

    def clean(self) -> None:
        super().clean()
        if self.master_id is None or self.person_id is None:
            return
        if learned_from(self.master_id, self.person_id):
            raise ValidationError({"master": CIRCLE})
