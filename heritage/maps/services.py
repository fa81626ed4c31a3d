"""Writes: each function is one transaction that leaves places, their numbers and the outbox in step."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry

from heritage.accounts.models import User
from heritage.catalog.moderation import child_rows, references
from heritage.core import ending, identifiers, outbox
from heritage.core.inserting import insert_rows
from heritage.core.issuing import issue_many
from heritage.core.models.identifier import State
from heritage.maps import splitting
from heritage.maps.models import Place

BATCH = 500
WAS_PUBLIC = "was_public"
"""In the history of an ending: whether restoring makes the place public again."""


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
def withdraw(place: Place, reason_vi: str, reason_en: str = "", user: User | None = None) -> None:
    """Take a place off the public pages; its addresses answer 410 with the reason. Nothing is deleted.

    Raises:
        ValidationError: no reason is given.
    """
    ending.check_reason(reason_vi)
    was_public = _end(place)
    identifiers.withdraw(place, reason_vi.strip(), reason_en.strip())
    log(place, "wagtail.edit", user=user, data={"withdrawn": reason_vi.strip(), WAS_PUBLIC: was_public})


@transaction.atomic
def merge(place: Place, into: Place, reason_vi: str, reason_en: str = "", user: User | None = None) -> None:
    """End `place` because `into` is the same one: its addresses lead there, and journeys and suggestions move there.

    Raises:
        ValidationError: no reason, one and the same place, or `into` is withdrawn or merged itself.
    """
    ending.check_target(place, into)
    ending.check_reason(reason_vi)
    copied = splitting.give_back(place, into, user)
    was_public = _end(place)
    moved = references.move(place, into)
    identifiers.merge(place, into, reason_vi.strip(), reason_en.strip())
    data = {"merged_into": into.number, "reason": reason_vi.strip(), "moved": moved, "copied": copied}
    log(place, "wagtail.edit", user=user, data=data | {WAS_PUBLIC: was_public})
    outbox.changed(into)


def _end(place: Place) -> bool:
    """Take it off the public pages; returns whether it was there."""
    was_public = place.live
    place.live = False
    place.save()
    outbox.changed(place)
    return was_public


@transaction.atomic
def restore(place: Place, user: User | None = None) -> None:
    """Undo `withdraw` or `merge`: what moved and still is where it was moved comes back; a draft is a draft again."""
    own = identifiers.of(place)
    entries = log_registry.get_logs_for_instance(place).order_by("-timestamp", "-pk")
    ended: dict[str, Any] = next((entry.data for entry in entries if {"moved", "withdrawn"} & entry.data.keys()), {})
    if own is not None and own.state == State.MERGED and own.successor is not None:
        into = Place.objects.get(pk=own.successor.object_id)
        references.move_back(ended.get("moved", {}), place, into)
        if copied := ended.get("copied"):
            child_rows.change(into, user, remove=copied)
        outbox.changed(into)
    place.live = ended.get(WAS_PUBLIC, True)
    place.save()
    identifiers.restore(place)
    log(place, "wagtail.edit", user=user, data={"restored": True})
    outbox.changed(place)
