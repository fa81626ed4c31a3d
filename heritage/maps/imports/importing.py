"""Bringing a file of places into the register: twice changes nothing, and what staff wrote by hand stays."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from heritage.core import outbox
from heritage.maps import services
from heritage.maps.imports import matching
from heritage.maps.imports.reading import Row, Source, open_source
from heritage.maps.imports.report import PlaceReport
from heritage.maps.imports.values import OTHERS, TAKEN, Taken, take
from heritage.maps.models import Place
from heritage.places.queries import current_unit

BATCH = 1000
Say = Callable[[str], None]


def import_file(
    path: Path, *, dry_run: bool = False, source: str = "", kind: str = "", say: Say = lambda _line: None
) -> PlaceReport:
    """Import a CSV, GeoJSON or OpenStreetMap file, a batch at a time; each batch is in or out as a whole.

    `source` names where the file comes from (else its own name), `kind` is that of rows which name none.

    Raises:
        UnreadableFileError: the file as a whole cannot be taken; batches before the damage stay in.
    """
    opened = open_source(path)
    report = PlaceReport(dry_run=dry_run, encoding=opened.encoding)
    report.ignored_columns = [name for name in opened.header if name not in TAKEN and name not in OTHERS]
    work = _Import(report, opened, (source or opened.name)[:200], kind)
    rows = opened.rows()
    while batch := list(islice(rows, BATCH)):
        report.left_out += batch.count(None)
        with transaction.atomic():
            work.take_batch([row for row in batch if row is not None])
        say(f"{report.created + report.updated + report.unchanged + report.refused}")
    return report


class _Import:
    """One run over one file."""

    def __init__(self, report: PlaceReport, opened: Source, source: str, kind: str) -> None:
        self.report, self.opened, self.source, self.kind = report, opened, source, kind
        self.seen: dict[str, int] = {}
        self.units: dict[str, Any] = {}

    def take_batch(self, rows: list[Row]) -> None:
        taken = list(self._keyed(rows))
        known = matching.by_key(self.source, [key for key, _taken in taken])
        fresh = [(key, one) for key, one in taken if key not in known]
        twins = matching.by_likeness([one.values for _key, one in fresh]) if fresh else []
        created: list[Place] = []
        changed: list[Place] = []
        for (key, one), twin in zip(fresh, twins, strict=True):
            if twin is None:
                created.append(self._new(key, one))
            else:
                self._count(self._merge(twin, one, key), twin, changed)
        for key, one in taken:
            if key in known:
                self._count(self._merge(known[key], one, key), known[key], changed)
        self.report.created += len(created)
        if not self.report.dry_run:
            services.save_many(created, check=False)
            self._save(changed)

    def _keyed(self, rows: list[Row]) -> Iterator[tuple[str, Taken]]:
        """Rows that can be taken, each under its key; the others go to the report."""
        for row in rows:
            one = take(row, self.kind)
            if not one.refusals:
                self._unit(one)
            key = matching.key_of(one.values, row.values.get("source_key", "")) if not one.refusals else ""
            if not one.refusals and key in self.seen:
                one.refuse("source_key", _("The same place stands in line %s already.") % self.seen[key])
            if one.refusals:
                self.report.refusals += one.refusals
                continue
            self.seen[key] = row.line
            yield key, one

    def _unit(self, one: Taken) -> None:
        code = one.row.values.get("unit_code", "")
        if not code:
            return
        if code not in self.units:
            self.units[code] = current_unit(code)
        if self.units[code] is None:
            one.refuse("unit_code", _("No present unit has this code."))
        else:
            one.values["unit"] = self.units[code]

    def _new(self, key: str, one: Taken) -> Place:
        place = Place(**one.values, source=self.source, source_key=key)
        place.source_licence = one.row.values.get("source_licence", "") or self.opened.licence
        place.source_values = _as_json(one.values)
        return place

    def _merge(self, place: Place, one: Taken, key: str) -> bool:
        """Bring into `place` what the source changed since last time and staff have not; True where anything did."""
        adopted = not place.source_key
        if place.source_key and (place.source, place.source_key) != (self.source, key):
            return False  # it belongs to another source, which goes on keeping it
        last = {} if adopted else place.source_values
        now = _as_json(one.values)
        changed = False
        for name, value in one.values.items():
            present = _as_json({name: getattr(place, name)})[name]
            if now[name] == last.get(name, "") or now[name] == present:
                continue
            if present == last.get(name, "") or (adopted and present in ("", None)):
                setattr(place, name, value)
                changed = True
            else:
                self.report.kept.append(
                    {"line": one.row.line, "number": place.number, "column": name, "ours": present, "theirs": now[name]}
                )
        if adopted:
            place.source, place.source_key, changed = self.source, key, True
            place.source_licence = place.source_licence or self.opened.licence
        if changed:
            place.source_values = now
        return changed

    def _count(self, is_changed: bool, place: Place, changed: list[Place]) -> None:
        if is_changed:
            changed.append(place)
            self.report.updated += 1
        else:
            self.report.unchanged += 1

    def _save(self, places: list[Place]) -> None:
        for place in places:
            if place.latest_revision_id:  # the editor's screen shows the last revision: give it one
                place.save()
                place.save_revision().publish()
            else:
                place.derive()
        plain = [place for place in places if not place.latest_revision_id]
        kept = ["unit", "source", "source_key", "source_licence", "source_values"]
        fields = [*TAKEN, *kept, "folded", "hours_state", "sort_vi", "sort_en"]
        Place.objects.bulk_update(plain, fields, batch_size=100)
        outbox.changed_ids("maps.place", [place.pk for place in plain])


def _as_json(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them, so that what came last time can be told from what comes now."""
    return {
        name: value.pk if name == "unit" and value is not None else str(value) if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
