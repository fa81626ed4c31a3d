"""Bringing a file of places into the register: twice changes nothing, and what staff wrote by hand stays."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from heritage.core.lean import lean_connection
from heritage.core.models import Identifier
from heritage.core.planner import refresh_statistics
from heritage.maps import services
from heritage.maps.imports import matching, merging
from heritage.maps.imports.naming import meaning_of
from heritage.maps.imports.reading import Naming, Row, Source, open_source
from heritage.maps.imports.report import Outcome, PlaceReport
from heritage.maps.imports.rights import Rights
from heritage.maps.imports.values import OTHERS, TAKEN, Taken, take
from heritage.maps.models import Place
from heritage.places.queries import current_unit

BATCH = 500
"""Rows held in memory at a time, each with all of its fields twice or three times."""
Say = Callable[[int], None]
Tell = Callable[[Sequence[Outcome]], None]


@dataclass(frozen=True)
class Terms:
    """How a file is taken.

    `source` names where it comes from (else its own name), `kind` is that of rows which name none, `naming` what its
    columns mean (else their names do), `licence` that of the source, `rights` where the one who imports may publish.
    """

    dry_run: bool = False
    source: str = ""
    kind: str = ""
    licence: str = ""
    naming: Naming | None = None
    rights: Rights = field(default_factory=Rights)


def import_file(
    path: Path,
    terms: Terms | None = None,
    say: Say = lambda _count: None,
    tell: Tell = lambda _outcomes: None,
) -> PlaceReport:
    """Import a file a batch at a time; each batch is in or out as a whole.

    `say` hears how many rows are done, `tell` what became of each row of a batch, once that batch is in.

    Raises:
        UnreadableFileError: the file as a whole cannot be taken; batches before the damage stay in.
    """
    terms = terms or Terms()
    opened = open_source(path, terms.naming)
    report = PlaceReport(dry_run=terms.dry_run, encoding=opened.encoding)
    report.ignored_columns = [name for name in opened.header if name and name not in TAKEN and name not in OTHERS]
    work = _Import(report, opened, terms)
    rows, done = opened.rows(), 0
    with lean_connection():
        try:
            while batch := list(islice(rows, BATCH)):
                report.left_out += batch.count(None)
                with transaction.atomic():
                    outcomes = work.take_batch([row for row in batch if row is not None])
                done += len(batch)
                tell(outcomes)
                say(done)
        finally:
            if not terms.dry_run:
                cache.delete("maps.licensed")  # a new source's name stands on the maps at once
                if report.created >= BATCH:
                    refresh_statistics(Place, Identifier)
    return report


class _Import:
    """One run over one file."""

    def __init__(self, report: PlaceReport, opened: Source, terms: Terms) -> None:
        self.report, self.terms = report, terms
        self.source, self.licence = (terms.source or opened.name)[:200], (terms.licence or opened.licence)[:60]
        self.seen: dict[str, int] = {}
        self.units: dict[str, Any] = {}

    def take_batch(self, rows: list[Row]) -> list[Outcome]:
        refused: list[Outcome] = []
        taken = list(self._keyed(rows, refused))
        known: dict[str, Place] = matching.by_key(self.source, [key for key, _taken in taken])
        fresh = [(key, one) for key, one in taken if key not in known]
        twins = matching.by_likeness([one.values for _key, one in fresh]) if fresh else []
        created: list[tuple[Place, Taken]] = []
        changed: dict[int, Place] = {}
        outcomes: list[Outcome] = []
        for (key, one), twin in zip(fresh, twins, strict=True):
            if twin is None:
                created.append((self._new(key, one), one))
            else:
                outcomes.append(self._into(twin, one, key, changed))
        outcomes += [self._into(known[key], one, key, changed) for key, one in taken if key in known]
        self.report.created += len(created)
        if not self.terms.dry_run:
            services.save_many([place for place, _one in created], check=False)
            merging.save_all(list(changed.values()))
        outcomes += [
            Outcome(one.row.line, place.source_key, "created", place.number, place.name_vi) for place, one in created
        ]
        return sorted(outcomes + refused, key=lambda outcome: outcome.line)

    def _keyed(self, rows: list[Row], refused: list[Outcome]) -> Iterator[tuple[str, Taken]]:
        """Rows that can be taken, each under its key; the others go to the report."""
        for row in rows:
            one = take(row, self.terms.kind)
            if not one.refusals:
                self._unit(one)
            key = matching.key_of(one.values, row.values.get("source_key", "")) if not one.refusals else ""
            if not one.refusals and key in self.seen:
                one.refuse("source_key", _("The same place stands in line %s already.") % self.seen[key])
            if one.refusals:
                refused.append(self._refused(one))
                continue
            self.seen[key] = row.line
            yield key, one

    def _refused(self, one: Taken) -> Outcome:
        for refusal in one.refusals:
            self.report.refuse(refusal)
        reasons = " ".join(
            f"{meaning_of(refusal.column)}: {refusal.reason}".removeprefix(": ") for refusal in one.refusals
        )
        return Outcome(
            one.row.line,
            one.row.values.get("source_key", ""),
            "refused",
            "",
            one.row.values.get("name_vi", ""),
            reasons,
        )

    def _unit(self, one: Taken) -> None:
        code = one.row.values.get("unit_code", "")
        if code and code not in self.units:
            self.units[code] = current_unit(code)
        unit = self.units[code] if code else None
        if code and unit is None:
            one.refuse("unit_code", _("No present unit has this code."))
            return
        if code:
            one.values["unit"] = unit
        if not self.terms.rights.cover(unit.pk if unit else None):
            one.refuse("unit_code", _("Your roles do not reach this unit; give the code of one that they reach."))

    def _new(self, key: str, one: Taken) -> Place:
        place = one.place or Place(**one.values)
        place.unit, place.source, place.source_key = one.values.get("unit"), self.source, key
        place.source_licence = one.row.values.get("source_licence", "")[:60] or self.licence
        place.source_values = merging.as_json(one.values)
        return place

    def _into(self, place: Place, one: Taken, key: str, changed: dict[int, Place]) -> Outcome:
        """The row brought into a place that is there; `changed` gathers what is to be saved."""
        line, name = one.row.line, place.name_vi
        if not self.terms.rights.cover(place.unit_id):
            one.refuse("number", _("%s belongs to a unit that your roles do not reach.") % place.number)
            return self._refused(one)
        ours = {column: getattr(place, column) for column in one.values}
        merged = merging.merge(place, one.values, self.source, key, self.licence)
        self.report.kept += [
            {"line": line, "number": place.number, "column": column, "ours": str(ours[column] or ""),
             "theirs": str(one.values[column] or "")}
            for column in merged.kept
        ]  # fmt: skip
        said = [merged.why_not, ", ".join(map(meaning_of, merged.changed))]
        if merged.kept:
            said.append(_("edited by hand, kept: %s") % ", ".join(map(meaning_of, merged.kept)))
        if merged.touched:
            changed[place.pk] = place
            self.report.updated += 1
        else:
            self.report.unchanged += 1
        detail = "; ".join(filter(None, said))
        return Outcome(line, key, "updated" if merged.touched else "unchanged", place.number, name, detail)
