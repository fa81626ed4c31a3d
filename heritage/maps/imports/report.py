"""What an import of places did; the register's report with what only places have."""

from dataclasses import dataclass, field
from typing import Any

from heritage.catalog.imports import Report


@dataclass(frozen=True)
class Outcome:
    """What became of one row: `created`, `updated`, `unchanged` or `refused`.

    `detail` names the columns that changed, what staff's own edits kept out, or why the row was refused.
    """

    line: int
    key: str
    outcome: str
    number: str = ""
    name: str = ""
    detail: str = ""


@dataclass
class PlaceReport(Report):
    """`kept`: what staff had changed by hand and the file did not overwrite; `left_out`: things that are no place."""

    kept: list[dict[str, Any]] = field(default_factory=list)
    left_out: int = 0

    def as_json(self) -> dict[str, Any]:
        return super().as_json() | {"kept": self.kept, "left_out": self.left_out}
