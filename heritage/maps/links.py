"""What staff decided about single neighbours: shown first with the reason, or not shown."""

from dataclasses import dataclass, field
from typing import Any

from heritage.catalog.models import Record
from heritage.core import languages
from heritage.maps.models import Mark, NearbyLink
from heritage.maps.nearby import GEOD, Near


@dataclass
class Decisions:
    """`pinned` with distance and reason in the order staff gave; `hidden` permanent numbers."""

    pinned: list[tuple[Near, str]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    @property
    def settled(self) -> set[str]:
        return self.hidden | {near.mark.number for near, _reason in self.pinned}


def decisions(instance: Any) -> Decisions:
    """What is decided about the neighbours of a record or a place; a second query where one is pinned."""
    is_record = isinstance(instance, Record)
    links = NearbyLink.objects.filter(**{"record" if is_record else "place": instance.pk}).order_by("sort_order", "pk")
    number = "place__number" if is_record else "record__number"
    rows = list(links.values_list(number, "decision", "reason_vi", "reason_en"))
    found = Decisions(hidden={row[0] for row in rows if row[1] == NearbyLink.Decision.HIDE})
    pinned = [row for row in rows if row[1] == NearbyLink.Decision.PIN]
    marks = {mark.number: mark for mark in Mark.objects.filter(number__in=[row[0] for row in pinned])} if pinned else {}
    for number_of, _decision, reason_vi, reason_en in pinned:
        if number_of in marks:  # only what is public has a mark
            mark = marks[number_of]
            metres = GEOD.inv(instance.longitude, instance.latitude, mark.longitude, mark.latitude)[2]
            reason = reason_en if languages.current() == "en" and reason_en else reason_vi
            found.pinned.append((Near(mark, float(metres)), reason))
    return found
