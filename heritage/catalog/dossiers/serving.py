"""Sends files of dossiers; whoever calls has asked who may have them."""

from django.http import HttpRequest, HttpResponseBase

from heritage.catalog.models import DossierExport, DossierFile, ExportKind
from heritage.core.sending import send

INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})
"""Shown in the browser, in a sandbox that `send` puts around them; all else is downloaded."""


def send_file(request: HttpRequest, file: DossierFile, cache_control: str = "private, no-store") -> HttpResponseBase:
    name = "" if file.media_type in INLINE else file.name
    changed = file.uploaded_at.timestamp()
    return send(request, file.file, file.media_type, file.sha256, changed, cache_control, download_name=name)


def send_export(request: HttpRequest, export: DossierExport) -> HttpResponseBase:
    name = str(export.file.name).rpartition("/")[2].partition("-")[2]
    kind = "application/pdf" if export.action == ExportKind.PDF else "application/zip"
    changed = export.ended_at.timestamp() if export.ended_at else 0.0
    return send(request, export.file, kind, export.sha256, changed, "private, no-store", download_name=name)
