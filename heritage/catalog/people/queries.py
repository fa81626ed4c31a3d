"""The only road by which the public reads personal data: each answer asks the consents in force at that moment.

Nothing here is cached, indexed or kept, so that a withdrawn consent takes effect with the next request.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from heritage.catalog.models import Consent, Lineage, Person, PersonalData, PersonTitle, Practice, Record
from heritage.catalog.models.person import PersonalField, Purpose
from heritage.core.folding import fold

NOTHING_KEPT = "private, no-store"
"""`Cache-Control` of every answer that names a person: no browser, proxy or service worker may keep it."""


@dataclass(frozen=True)
class Shown:
    """What may be shown of a person for one purpose; whatever no consent opens is blank."""

    code: str
    name: str
    fields: frozenset[str]
    url: str = ""
    is_sample: bool = False
    known_as: str = ""
    birth_year: int | None = None
    death_year: int | None = None
    ethnicity: str = ""
    home: str = ""
    phone: str = ""
    email: str = ""
    biography_vi: str = ""
    biography_en: str = ""
    portrait_url: str = ""
    portrait_credit: str = ""
    titles: list[PersonTitle] = field(default_factory=list)


def in_force(purpose: Purpose, day: dt.date) -> QuerySet[Consent]:
    """Consents that open at least the name for `purpose` on `day`."""
    return Consent.objects.filter(
        Q(expires_on=None) | Q(expires_on__gte=day),
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=day),
        given_on__lte=day,
        is_confirmed=True,
        purposes__has=purpose.value,
        fields__has=PersonalField.NAME.value,
    )


def consenting(purpose: Purpose = Purpose.WEB, day: dt.date | None = None) -> QuerySet[Person]:
    """People who may be named for `purpose`, with all that `shown` reads: four queries for any number."""
    valid = in_force(purpose, day or timezone.localdate())
    people = Person.objects.filter(pk__in=valid.order_by().values("person"), personal_data__isnull=False)
    return people.prefetch_related(
        Prefetch("consents", valid, to_attr="valid_consents"),
        "personal_data",
        Prefetch("titles", PersonTitle.objects.select_related("authority"), to_attr="all_titles"),
    )


def shown(person: Person) -> Shown:
    """What the consents of a person from `consenting` open; several consents add up."""
    opened = frozenset(name for consent in person.valid_consents for name in consent.fields)  # type: ignore[attr-defined]
    data = person.personal_data.all()[0]
    values: dict[str, object] = {}
    for name, columns in COLUMNS.items():
        if name in opened:
            values |= {column: getattr(data, column) for column in columns}
    if PersonalField.TITLES in opened:
        values["titles"] = person.all_titles  # type: ignore[attr-defined]
    if PersonalField.PORTRAIT in opened and data.portrait:
        values["portrait_url"] = reverse("person_portrait", args=[person.code])
    return Shown(
        person.code,
        data.full_name,
        opened,
        person.get_absolute_url(),
        person.is_sample,
        **values,  # type: ignore[arg-type]
    )


COLUMNS = {
    PersonalField.NAME: ("known_as",),
    PersonalField.YEARS: ("birth_year", "death_year"),
    PersonalField.ETHNICITY: ("ethnicity",),
    PersonalField.HOME: ("home",),
    PersonalField.CONTACT: ("phone", "email"),
    PersonalField.BIOGRAPHY: ("biography_vi", "biography_en"),
    PersonalField.PORTRAIT: ("portrait_credit",),
}
"""Columns that each field of a consent opens."""


def public(code: str) -> Person | None:
    return consenting().filter(code=code).first()


def words_of(text: str) -> list[str]:
    """The words of a search for a name, folded; eight at most."""
    return fold(text).split()[:8]


def named(text: str, limit: int | None = None) -> list[Shown]:
    """People whose name has every word of `text`, with or without marks; straight from the database, never an index."""
    words = words_of(text)
    if not words:
        return []
    people = consenting()
    for word in words:
        people = people.filter(personal_data__folded__contains=word)
    return [shown(person) for person in people.order_by("personal_data__folded", "pk")[:limit]]


def is_in_names(text: str) -> bool:
    """Whether every word of `text` is in the name of somebody in the register, with consent or without."""
    words = words_of(text)
    has_all = Q(*(("folded__contains", word) for word in words))
    return bool(words) and PersonalData.objects.filter(has_all).exists()


def is_a_name(text: str) -> bool:
    """Whether `text`, of two words or more, names somebody in the register, with consent or without."""
    return len(words_of(text)) > 1 and is_in_names(text)


@dataclass(frozen=True)
class Practitioner:
    """A person who practises a record, and as what."""

    person: Shown
    practice: Practice


def practitioners(record: Record, purpose: Purpose = Purpose.WEB) -> list[Practitioner]:
    """Who practises `record` and lets it be said."""
    practices = list(Practice.objects.filter(record=record).order_by("sort_order", "pk"))
    if not practices:
        return []
    people = {
        person.pk: shown(person) for person in consenting(purpose).filter(pk__in=[p.person_id for p in practices])
    }
    found = [Practitioner(people[one.person_id], one) for one in practices if one.person_id in people]
    return [one for one in found if PersonalField.PRACTICE in one.person.fields]


def practised(person: Person) -> list[Practice]:
    """What a person practises: public records only."""
    rows = Practice.objects.filter(person=person, record__live=True).select_related("record__unit__province")
    return list(rows.order_by("sort_order", "pk"))


def lineage(person: Person) -> tuple[list[Shown], list[Shown]]:
    """Masters and pupils of `person`, those only who let their own lines be shown."""
    lines = list(Lineage.objects.filter(Q(person=person) | Q(master=person)).order_by("sort_order", "pk"))
    masters = [one.master_id for one in lines if one.person_id == person.pk]
    pupils = [one.person_id for one in lines if one.master_id == person.pk]
    others = {one.pk: shown(one) for one in consenting().filter(pk__in={*masters, *pupils})}
    return _open(masters, others), _open(pupils, others)


def _open(pks: Iterable[int], others: dict[int, Shown]) -> list[Shown]:
    known = [others[pk] for pk in dict.fromkeys(pks) if pk in others]
    return [one for one in known if PersonalField.LINEAGE in one.fields]
