"""Makes the exports that were ordered: one at a time, by the worker, each ending ready or failed with the reason."""

import datetime as dt
import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.utils import timezone, translation

from heritage.catalog.dossiers import bag, pdf
from heritage.catalog.models import DossierExport, ExportKind
from heritage.core import jobs

KEPT = dt.timedelta(days=7)
MAKERS = {ExportKind.PDF: (pdf.write, "pdf"), ExportKind.BAG: (bag.write, "zip")}


def run_waiting() -> int:
    """Make all that waits; returns how many ended, in whatever state. Old files are removed."""
    remove_old()
    return jobs.run_waiting(DossierExport, _make)


def remove_old() -> None:
    for export in DossierExport.objects.filter(ended_at__lt=timezone.now() - KEPT)[:100]:
        export.delete()


def _make(export: DossierExport) -> None:
    write, ending = MAKERS[ExportKind(export.action)]
    try:
        with TemporaryDirectory(prefix="dossier-export-") as folder, translation.override("vi"):
            target = Path(folder, f"export.{ending}")
            write(export.dossier, target, jobs.Beat(export))
            _keep(export, target, ending)
    except pdf.ExportError as error:
        with translation.override(export.order.get("language", "vi")):
            jobs.fail(export, str(error))


def _keep(export: DossierExport, target: Path, ending: str) -> None:
    name = f"{export.dossier.record.number}-{export.dossier.candidate_rank}.{ending}"
    with target.open("rb") as made:
        export.sha256 = hashlib.file_digest(made, "sha256").hexdigest()
        export.size = target.stat().st_size
        made.seek(0)
        export.file.save(name, File(made), save=False)
    jobs.end(export, size=export.size, sha256=export.sha256, file=export.file.name)
