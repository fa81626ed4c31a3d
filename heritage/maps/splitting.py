"""Splitting a place: part of it becomes a place of its own, and both lead to each other; merging it back undoes it."""

from collections.abc import Mapping

from django.db import transaction
from wagtail.log_actions import log

from heritage.accounts.models import User
from heritage.catalog.moderation import child_rows, references
from heritage.catalog.moderation.child_rows import Rows
from heritage.core import ending, identifiers, outbox
from heritage.maps.models import Place

SPLIT_ROWS = ("images", "ticket_prices", "hours_exceptions", "nearby_links")
"""Child rows that may go with what is split off."""
SPLIT_USES = ("maps.ItineraryStop.place", "maps.Suggestion.place")
"""What points to a place and may go with what is split off."""
SAME = ("kind", "category", "unit", "address")
"""What both have at first; point, hours and ways to reach it are the new place's own."""
ACTION = "maps.split"


@transaction.atomic
def split_off(
    place: Place,
    names: Mapping[str, str],
    chosen: Mapping[str, list[int]],
    reason_vi: str,
    reason_en: str = "",
    user: User | None = None,
) -> Place:
    """Make a draft with a number of its own of part of `place`; once public, each page names the other.

    Args:
        names: `name_vi`, and `name_en` if it has one.
        chosen: by name of `SPLIT_ROWS` or `SPLIT_USES`, the keys of the rows that go with it.

    Raises:
        ValidationError: no name, no reason, or `place` is withdrawn or merged.
    """
    ending.check_reason(reason_vi)
    ending.check_standing(place)
    ending.check_name(Place, names.get("name_vi", ""))
    new = _new_of(place, names)
    wanted = {name: list(keys) for name, keys in chosen.items() if name in SPLIT_ROWS}
    for name, keys in wanted.items():
        child_rows.copy(place, new, name, keys)
    child_rows.change(place, user, remove=wanted)
    for name in SPLIT_USES:
        references.move_rows(name, chosen.get(name, ()), place, new)
    new = Place.objects.get(pk=new.pk)
    new.save_revision(user=user, clean=False)
    said = {"reason": reason_vi.strip(), "reason_en": reason_en.strip()}
    for one, other in ((new, place), (place, new)):
        outbox.changed(one)
        log(one, ACTION, user=user, data={"other": other.number, **said})
    return new


def give_back(place: Place, into: Place, user: User | None) -> Rows:
    """What was split off from `into` and is merged into it gives it back the rows that it has not; the new rows."""
    return child_rows.take_over(place, into, SPLIT_ROWS, user) if place.split_from_id == into.pk else {}


def _new_of(place: Place, names: Mapping[str, str]) -> Place:
    new = Place(live=False, split_from=place, **{name: getattr(place, name) for name in SAME})
    new.name_vi, new.name_en = names["name_vi"].strip(), names.get("name_en", "").strip()
    new.number = identifiers.next_number("DD")
    new.full_clean(exclude=["latest_revision", "live_revision"])
    new.save()
    return new
