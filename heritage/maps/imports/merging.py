"""Bringing a row into a place that is there already: what the source changed, unless staff changed it by hand."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from heritage.core import outbox
from heritage.maps.imports.values import TAKEN
from heritage.maps.models import Place

BOOKKEEPING = ["unit", "source", "source_key", "source_licence", "source_values", "modified_at"]
DERIVED = ["folded", "match_name", "match_phone", "hours_state", "sort_vi", "sort_en"]


@dataclass
class Merged:
    """`changed` columns, and the `kept` ones: staff's own value stands against the file's."""

    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    touched: bool = False
    why_not: str = ""


def merge(place: Place, values: dict[str, Any], source: str, key: str, licence: str) -> Merged:
    """Bring into `place`, unsaved, what the source changed since last time and staff have not."""
    found = Merged(why_not=why_not(place, source, key))
    if found.why_not:
        return found
    adopted = not place.source_key
    last, now = {} if adopted else place.source_values, as_json(values)
    for name, value in values.items():
        present = as_json({name: getattr(place, name)})[name]
        if now[name] == last.get(name, "") or now[name] == present:
            continue
        if present == last.get(name, "") or (adopted and present in ("", None)):
            setattr(place, name, value)
            found.changed.append(name)
        else:
            found.kept.append(name)
    found.touched = adopted or bool(found.changed)
    if adopted:
        place.source, place.source_key = source, key
        place.source_licence = place.source_licence or licence
    if found.touched:
        place.source_values = now
    return found


def why_not(place: Place, source: str, key: str) -> str:
    """Why a row leaves the place as it is, whatever it says; "" where nothing stands against it."""
    if place.source_key and (place.source, place.source_key) != (source, key):
        return _("%(number)s is kept by another source, %(source)s.") % {"number": place.number, "source": place.source}
    if not place.live:
        return _("%s is withdrawn or a draft: an import does not bring it back.") % place.number
    if place.locked or place.has_unpublished_changes:
        return _("%s has an edit of the staff under way; import again when it is published.") % place.number
    return ""


def save_all(places: list[Place]) -> None:
    """Save what `merge` touched; a place that was edited in the admin gets a revision too, as its screen shows that."""
    plain = [place for place in places if not place.latest_revision_id]
    for place in places:
        if place.latest_revision_id:
            place.save()
            place.save_revision().publish()
        else:
            place.derive()
            place.modified_at = timezone.now()
    Place.objects.bulk_update(plain, [*TAKEN, *BOOKKEEPING, *DERIVED], batch_size=100)
    outbox.changed_ids("maps.place", [place.pk for place in plain])


def as_json(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them, so that what came last time can be told from what comes now."""
    return {
        name: value.pk if name == "unit" and value is not None else str(value) if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
