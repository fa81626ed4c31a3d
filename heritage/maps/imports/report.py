"""What an import of places did; the register's report with what only places have."""

from dataclasses import dataclass, field
from typing import Any

from heritage.catalog.imports import Report


@dataclass
class PlaceReport(Report):
    """`kept`: what staff had changed by hand and the file did not overwrite; `left_out`: things that are no place."""

    kept: list[dict[str, Any]] = field(default_factory=list)
    left_out: int = 0

    def as_json(self) -> dict[str, Any]:
        return super().as_json() | {"kept": self.kept, "left_out": self.left_out}
