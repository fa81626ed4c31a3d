"""Makes the exports that were ordered: one at a time, by the worker, each ending ready or failed with the reason."""

import datetime as dt
import hashlib
import logging
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from heritage.catalog.dossiers import bag, pdf
from heritage.catalog.models import DossierExport, ExportKind, ExportState

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
SILENT = dt.timedelta(minutes=5)
"""An export whose worker gave no sign for so long is taken up again."""
KEPT = dt.timedelta(days=7)
MAKERS = {ExportKind.PDF: (pdf.write, "pdf"), ExportKind.BAG: (bag.write, "zip")}


def run_waiting() -> int:
    """Make all that waits; returns how many ended, in whatever state. Old files are removed."""
    give_back_abandoned()
    remove_old()
    ended = 0
    while (export := _take()) is not None:
        _make(export)
        ended += 1
    return ended


def give_back_abandoned() -> None:
    """What a killed worker left half made waits again, or fails after too many attempts."""
    abandoned = DossierExport.objects.filter(state=ExportState.RUNNING, beat_at__lt=timezone.now() - SILENT)
    abandoned.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=ExportState.FAILED,
        problem="Bị ngắt nhiều lần khi đang tạo. / Interrupted several times while being made.",
        ended_at=timezone.now(),
    )
    abandoned.update(state=ExportState.WAITING)


def remove_old() -> None:
    for export in DossierExport.objects.filter(ended_at__lt=timezone.now() - KEPT)[:100]:
        export.delete()


def _take() -> DossierExport | None:
    """The oldest that waits, now this worker's: the update succeeds for one worker only."""
    for pk in DossierExport.objects.filter(state=ExportState.WAITING).order_by("pk").values_list("pk", flat=True)[:10]:
        taken = DossierExport.objects.filter(pk=pk, state=ExportState.WAITING).update(
            state=ExportState.RUNNING, attempts=F("attempts") + 1, beat_at=timezone.now(), done=0, total=0
        )
        if taken:
            return DossierExport.objects.select_related("dossier__record", "dossier__checklist").get(pk=pk)
    return None


def _make(export: DossierExport) -> None:
    write, ending = MAKERS[ExportKind(export.kind)]
    try:
        with TemporaryDirectory(prefix="dossier-export-") as folder, translation.override("vi"):
            target = Path(folder, f"export.{ending}")
            write(export.dossier, target, _Beat(export))
            _keep(export, target, ending)
    except pdf.ExportError as error:
        _fail(export, str(error))
    except Exception as error:
        logger.exception("The export %s failed", export.pk)
        _fail(export, f"{type(error).__name__}: {error}")


class _Beat:
    """Writes progress at most once a second."""

    def __init__(self, export: DossierExport) -> None:
        self._export, self._at = export, 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._at < 1 and done < total:
            return
        self._at = time.monotonic()
        DossierExport.objects.filter(pk=self._export.pk).update(done=done, total=total, beat_at=timezone.now())


def _keep(export: DossierExport, target: Path, ending: str) -> None:
    name = f"{export.dossier.record.number}-{export.dossier.candidate_rank}.{ending}"
    with target.open("rb") as made:
        export.sha256 = hashlib.file_digest(made, "sha256").hexdigest()
        export.size = target.stat().st_size
        made.seek(0)
        export.file.save(name, File(made), save=False)
    _end(export, ExportState.DONE, size=export.size, sha256=export.sha256, file=export.file.name)


def _fail(export: DossierExport, problem: str) -> None:
    _end(export, ExportState.FAILED, problem=problem[:500])


@transaction.atomic
def _end(export: DossierExport, state: str, **values: Any) -> None:
    DossierExport.objects.filter(pk=export.pk).update(state=state, ended_at=timezone.now(), **values)
    export.refresh_from_db()
