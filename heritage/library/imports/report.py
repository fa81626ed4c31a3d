"""What an import did."""

from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal["created", "updated", "unchanged", "refused"]


@dataclass(frozen=True)
class Row:
    """One book: `removed` counts, by kind, what was taken out of an e-book because it runs or reaches out."""

    path: str
    outcome: Outcome
    number: str = ""
    title: str = ""
    reason: str = ""
    removed: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def removed_words(self) -> str:
        return ", ".join(f"{kind} ({count})" for kind, count in self.removed.items())


@dataclass
class Report:
    """Rows in the order in which they were done."""

    rows: list[Row] = field(default_factory=list)
    dry_run: bool = False

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        """The counts `created`, `updated`, `unchanged`, `refused`, the refused rows and the accepted works."""
        counts = {name: self.count(name) for name in ("created", "updated", "unchanged", "refused")}
        return {
            **counts,
            "dry_run": self.dry_run,
            "refused_rows": [{"file": r.path, "reason": r.reason} for r in self.rows if r.outcome == "refused"],
            "works": [
                {"file": r.path, "outcome": r.outcome, "number": r.number, "title": r.title, "removed": r.removed}
                for r in self.rows
                if r.outcome != "refused"
            ],
        }
