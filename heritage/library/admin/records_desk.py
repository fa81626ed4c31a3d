"""Imports of catalogue records in the admin: MARC 21, MARCXML or a table, looked at, tried, imported, read by row."""

from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import path as address
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from heritage.core import desk, meanings
from heritage.library.models import WorksImport, WorksMeaning
from heritage.library.records import RecordsError, preview, tables
from heritage.library.records.marc import MOST_BYTES
from heritage.library.records.opening import MARC, TABLES, Preview
from heritage.library.services import records_imports

MEANINGS = {
    "number": _("number of the work"),
    "title_vi": _("title in Vietnamese"),
    "title_en": _("title in English"),
    "description_vi": _("description in Vietnamese"),
    "description_en": _("description in English"),
    "language": _("language, as a code such as vi or en"),
    "audience": _("audience"),
    "series": _("series"),
    "series_number": _("number in the series"),
    "year": _("year of publication"),
    "licence": _("licence"),
    "isbns": _("ISBN, several parted by |"),
    "contributors": _("contributors with their roles, parted by |"),
    "subjects": _("subjects, parted by |"),
    "dewey": _("Dewey numbers, parted by |"),
    "records": _("numbers of heritage records, parted by |"),
    "holding": _("where the printed book stands"),
}


class HandingInForm(desk.HandingInForm):
    """A file of catalogue records."""

    accepted = (*TABLES, *MARC)
    endings = _("Catalogue records end in .mrc, .marc, .iso or .xml (MARC), or in .csv, .txt, .tsv or .xlsx (tables).")
    too_large = _(
        "The file is larger than %(size)d MB. Divide it, or ask an administrator to run `manage.py library records`."
    )
    most_bytes = MOST_BYTES

    class Meta:
        model = WorksImport
        fields = ("file",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("MARC 21 (ISO 2709), MARCXML, CSV or XLSX with a line of column names.")


class MeaningForm(desk.MeaningForm):
    """The meanings must make works of the table that is there; MARC says by itself what it means."""

    def __init__(self, job: WorksImport, path: Path, seen: Preview, saved: WorksMeaning | None, data: Any) -> None:
        before = (saved.columns if saved else None) or job.mapping or None
        chosen = meanings.suggested(seen.columns, before, MEANINGS, tables.canonical)
        super().__init__(seen.columns, chosen, [(name, f"{label} ({name})") for name, label in MEANINGS.items()], data)
        self.path, self.seen = path, seen
        self.gone = meanings.gone(seen.columns, saved.columns) if saved else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self.seen.columns:
            try:
                tables.opened(self.path, tables.naming_of(self.meaning()))
            except RecordsError as error:
                raise forms.ValidationError(str(error)) from error
        return cleaned


class WorksDesk(desk.Desk):
    model, meanings, handing_in, unreadable = WorksImport, WorksMeaning, HandingInForm, RecordsError
    name, templates, title = "works", "library/admin/records", _("Import catalogue records")

    def may(self, user: Any) -> bool:
        return records_imports.reach(user) is not None

    def form_for(self, request: HttpRequest, job: WorksImport, path: Path) -> MeaningForm:
        return MeaningForm(job, path, preview(path), self.saved(request), request.POST or None)

    def order(self, job: WorksImport, *, dry_run: bool) -> None:
        records_imports.order(job, dry_run)


works = WorksDesk()


def admin_urls() -> list[Any]:
    either = require_http_methods(["GET", "POST"])
    return [
        address("library/records/", either(works.imports), name=works.address_of_all),
        address("library/records/<int:pk>/", either(works.one), name=works.address_of_one),
        address("library/records/<int:pk>/report.csv", require_safe(works.report), name=works.address_of_report),
    ]
