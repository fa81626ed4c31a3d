"""What an import has done, written with what it did: counts, the line it has come to, and what each row became."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from heritage.catalog.imports.report import Refusal, UnreadableFileError
from heritage.catalog.imports.staging import Staging
from heritage.catalog.models import ImportedLine, RegisterImport
from heritage.core.inserting import insert_rows

if TYPE_CHECKING:
    from heritage.catalog.imports.writing import Work

Told = Callable[[Staging], None]


@dataclass(slots=True)
class Line:
    """What one line of a file did, before it is an `ImportedLine`."""

    job_id: int | None
    line: int
    number: str
    outcome: str
    record_id: int | None = None
    column: str = ""
    value: str = ""
    reason: str = ""
    before: dict[str, Any] = field(default_factory=dict)


LINE = tuple(one.name for one in fields(Line))
COUNTED = ("created", "updated", "unchanged")


class Journal:
    """Of a trial run nothing is kept beyond the run."""

    def __init__(self, work: "Work", staged: Staging) -> None:
        self.work, self.job, self.staged = work, work.job, staged
        self._begun: dict[str, Any] = self.job.figures if self.job.position else {}
        for name in COUNTED:
            setattr(work.report, name, int(self._begun.get(name, 0)))

    def keep(self, lines: list[Line], position: int) -> None:
        """Note one chunk in its own transaction.

        Raises:
            UnreadableFileError: another process has gone on with the same import; this chunk is not written.
        """
        if self.work.dry_run:
            self.staged.did([(line.line, line.number, line.outcome) for line in lines if line.outcome != "refused"])
            return
        insert_rows(ImportedLine, LINE, ([getattr(line, name) for name in LINE] for line in lines))
        counts = {name: getattr(self.work.report, name) for name in COUNTED}
        figures = {**self._begun, **counts}
        rows = RegisterImport.objects.filter(pk=self.job.pk, position=self.job.position)
        if not rows.update(position=position, figures=figures, beat_at=timezone.now()):
            raise UnreadableFileError(_("The same import is being done by another process; wait until it has ended."))
        self.job.position, self.job.figures = position, figures

    def complete(self) -> None:
        """Add to the report what the first reading refused, and, of a resumed run, what came before the break."""
        report = self.work.report
        late = report.refusals
        if not self.work.dry_run:
            kept = ImportedLine.objects.filter(job=self.job, outcome="refused").order_by("line", "pk")
            late = [Refusal(one.line, one.number, one.column, one.value, one.reason) for one in kept.iterator()]
        for refusal in late:
            self.staged.refuse(refusal)
        report.refusals, report.refused_rows = [], self.staged.refused()
        report.keep_first(self.staged.refusals())
