"""What an import did: counts, and every row or file it refused with what would be right."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

MOST_KEPT = 10_000
"""Refusals held in memory; the report by row has them all."""


BAR = " | "
"""Stands in a message between what is wrong and what would be right."""


def parted(message: str) -> tuple[str, str]:
    """What is wrong, and what would be right: "" where the message says it in one."""
    wrong, _bar, remedy = message.partition(BAR)
    return wrong, remedy


def sentence(message: str) -> str:
    """Both in a line, for people."""
    return message.replace(BAR, " ")


class UnreadableFileError(Exception):
    """The file as a whole cannot be taken; the message says what to do."""


@dataclass(frozen=True)
class Refusal:
    """One value that cannot be taken. `line` counts from 1, the header being line 1; `number` is the record's.

    `reason` says what is wrong and, behind a `BAR`, what would be right.
    """

    line: int
    number: str
    column: str
    value: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        wrong, remedy = parted(self.reason)
        return {
            "line": self.line,
            "number": self.number,
            "column": self.column,
            "value": self.value,
            "reason": wrong,
            "remedy": remedy,
        }


@dataclass
class Tally:
    """Counts of what a file holds, whatever its entries are; a refused entry may have several refusals."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    dry_run: bool = False

    @property
    def refused(self) -> int:
        return len({refusal.line for refusal in self.refusals})

    def counts(self) -> dict[str, int]:
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
        }

    def as_json(self) -> dict[str, Any]:
        return {**self.counts(), "dry_run": self.dry_run}


@dataclass
class Report(Tally):
    """Counts are of rows. Of refusals the first are kept; `refuse` counts them all. `key` is the import's own."""

    refused_rows: int = 0
    _last: int = 0

    @property
    def refused(self) -> int:
        return self.refused_rows

    def refuse(self, refusal: Refusal) -> None:
        """One more refusal; those of one row come one after another."""
        self.refused_rows += refusal.line != self._last
        self._last = refusal.line
        if len(self.refusals) < MOST_KEPT:
            self.refusals.append(refusal)

    def keep_first(self, refusals: Iterator[Refusal]) -> None:
        self.refusals = list(islice(refusals, MOST_KEPT))

    encoding: str = ""
    delimiter: str = ","
    ignored_columns: list[str] = field(default_factory=list)
    key: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            **self.counts(),
            "refused_rows": [refusal.as_json() for refusal in self.refusals],
            "dry_run": self.dry_run,
            "encoding": self.encoding,
            "ignored_columns": self.ignored_columns,
            "import": self.key,
        }
