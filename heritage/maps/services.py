"""Writes: each function is one transaction that leaves places, their numbers and the outbox in step."""

from collections.abc import Sequence

from django.db import transaction

from heritage.core import identifiers, outbox
from heritage.core.inserting import insert_rows
from heritage.core.issuing import issue_many
from heritage.maps.models import Place, Suggestion

BATCH = 500


@transaction.atomic
def save(place: Place) -> Place:
    """Save a place that is to be public at once, as imports and the demo do.

    Raises:
        ValidationError: a field is missing or contradicts another; nothing is saved.
    """
    place.number = place.number or identifiers.next_number("DD")
    place.full_clean(exclude=["latest_revision", "live_revision"])
    place.save()
    return place


@transaction.atomic
def save_many(places: Sequence[Place], check: bool = True) -> None:
    """Make many new places public in a few statements: numbers, identifiers and outbox with them.

    Raises:
        ValidationError: one of them (when `check`) is not valid; none is saved.
    """
    if not places:
        return
    prefix, _dash, first = identifiers.next_number("DD").rpartition("-")
    for step, place in enumerate(places):
        place.number = f"{prefix}-{int(first) + step:06d}"
        place.derive()
        if check:
            place.full_clean(exclude=["latest_revision", "live_revision", "unit", "cover"], validate_unique=False)
    _insert(places)
    issue_many(Place._meta.label_lower, {place.number: place.pk for place in places})
    outbox.changed_ids("maps.place", [place.pk for place in places])


def _insert(places: Sequence[Place]) -> None:
    """One statement for rows of sixty columns, most of them blank in all; each place learns its key."""
    blank = Place()
    columns = [field.attname for field in Place._meta.concrete_fields if not field.primary_key]
    said = [name for name in columns if any(getattr(place, name) != getattr(blank, name) for place in places)]
    insert_rows(Place, said, ([getattr(place, name) for name in said] for place in places))
    keys: dict[str, int] = {}
    for start in range(0, len(places), BATCH):
        numbers = [place.number for place in places[start : start + BATCH]]
        keys |= dict(Place.objects.filter(number__in=numbers).values_list("number", "pk"))
    for place in places:
        place.pk = keys[place.number]
        place._state.adding = False


@transaction.atomic
def withdraw(place: Place, reason_vi: str, reason_en: str = "") -> None:
    """Take a place off the public pages; its addresses answer 410 with the reason. Nothing is deleted."""
    place.live = False
    place.save()
    identifiers.withdraw(place, reason_vi, reason_en)
    outbox.changed(place)


@transaction.atomic
def restore(place: Place) -> None:
    """Undo `withdraw`."""
    place.live = True
    place.save()
    identifiers.restore(place)
    outbox.changed(place)


@transaction.atomic
def carry_out(suggestion: Suggestion) -> Place | None:
    """Bring an accepted suggestion into the register: a correction into its place, a proposal as a new draft.

    Raises:
        ValidationError: the values contradict the place as it is now; nothing changes.
    """
    if suggestion.kind == Suggestion.Kind.PROPOSAL:
        place = Place(**suggestion.values, unit=suggestion.unit, live=False, source="Đề nghị / proposal")
        place.number = identifiers.next_number("DD")
    elif suggestion.place is None or not suggestion.values:
        return suggestion.place
    else:
        place = suggestion.place
        for name, value in suggestion.values.items():
            setattr(place, name, value)
    place.full_clean(exclude=["latest_revision", "live_revision"])
    place.save()
    if place.latest_revision_id:  # the editor's screen shows the last revision: give it one
        revision = place.save_revision()
        if place.live:
            revision.publish()
    suggestion.place = place
    return place
