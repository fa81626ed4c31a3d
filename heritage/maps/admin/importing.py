"""Imports of places in the admin: hand a file in, say what its columns mean, try, import, read the report by row."""

from pathlib import Path
from typing import Any

from django import forms
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from heritage.core.sending import send
from heritage.maps.imports import UnreadableFileError, rights_of
from heritage.maps.imports.naming import FIELDS, Preview, naming_of, preview, suggested
from heritage.maps.imports.ordering import local, order
from heritage.maps.imports.osm import ENDINGS
from heritage.maps.imports.reading import open_source
from heritage.maps.models import ColumnMapping, ImportState, Place, PlaceImport

MOST_BYTES = 500 * 1024**2
ACCEPTED = (".csv", ".txt", ".tsv", ".xlsx", ".geojson", ".json", ".kml", ".gpx", *ENDINGS)
TOO_LARGE = _(
    "The file is larger than %(size)d MB. Cut the extract to your province, "
    "or ask an administrator to run `manage.py maps import`."
)


def _meaning(name: str) -> str:
    """What a person reads for a field: its label, with the name that a file may use for it."""
    labels = {"unit_code": _("code of the commune or ward")}
    return f"{labels.get(name) or label_for_field(name, Place)} ({name})"


class HandingInForm(forms.ModelForm):
    """A file and where it comes from."""

    class Meta:
        model = PlaceImport
        fields = ("file", "source", "licence", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True
        self.fields["file"].help_text = _("CSV, XLSX, GeoJSON, KML, GPX, or OpenStreetMap (.osm, .osm.pbf).")
        self.fields["source"].help_text = _("Give the same name each time: by it a second import knows its own places.")
        self.fields["licence"].help_text = _(
            "It is kept with every place and named in its exports. "
            "OpenStreetMap's own is known, and is named on maps too."
        )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ACCEPTED):
            raise forms.ValidationError(
                _("Files of places end in .csv, .xlsx, .geojson, .kml, .gpx, .osm or .osm.pbf.")
            )
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE, params={"size": MOST_BYTES // 1024**2})
        return file


class MeaningForm(forms.Form):
    """A choice of field for each column; `save_as` keeps the choices under a name."""

    save_as = forms.CharField(label=_("Save these choices under a name"), max_length=80, required=False)

    def __init__(self, job: PlaceImport, path: Path, seen: Preview, saved: ColumnMapping | None, data: Any) -> None:
        super().__init__(data)
        self.job, self.path, self.seen = job, path, seen
        chosen = suggested(seen.columns, (saved.columns if saved else None) or job.mapping or None)
        choices = [("", _("do not take")), *((name, _meaning(name)) for name in FIELDS)]
        for number, column in enumerate(seen.columns):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=column or "-", choices=choices, required=False, initial=chosen[column]
            )
        self.gone = [name for name in saved.columns if name not in seen.columns] if saved else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self.seen.columns:
            try:
                open_source(self.path, naming_of(self.meaning()))
            except UnreadableFileError as error:
                raise forms.ValidationError(str(error)) from error
        return cleaned

    def meaning(self) -> dict[str, str]:
        return {
            column: self.cleaned_data.get(f"column_{number}", "") for number, column in enumerate(self.seen.columns)
        }


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The form that hands a file in, and the user's own imports of the last weeks."""
    _refuse_others(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + 1024**2:  # before a byte of it is read
        form = HandingInForm()
        context = _context(form=form, problem=TOO_LARGE % {"size": MOST_BYTES // 1024**2}, jobs=_own(request)[:20])
        return render(request, "maps/admin/imports.html", context, status=413)
    form = HandingInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        job = form.save(commit=False)
        job.name, job.ordered_by = Path(form.cleaned_data["file"].name).name[:200], request.user
        job.save()
        return redirect("place_import", pk=job.pk)
    return render(request, "maps/admin/imports.html", _context(form=form, jobs=_own(request)[:20]))


@require_http_methods(["GET", "POST"])
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview and meaning of the columns, the run under way, or its result; `?format=json` says how far it is."""
    job = _one(request, pk)
    if request.GET.get("format") == "json":
        state = {"state": job.state, "percent": job.percent, "label": str(job.get_state_display())}
        return JsonResponse({**state, "problem": job.problem})
    if job.is_open or not job.file:
        return render(request, "maps/admin/import.html", _context(job=job))
    saved = ColumnMapping.objects.filter(pk=_number(request.GET.get("mapping", ""))).first()
    try:
        with local(job) as path:
            form = MeaningForm(job, path, preview(path), saved, request.POST or None)
            if request.method == "POST" and form.is_valid():
                _prepare(job, form, request)
                order(job, dry_run=request.POST.get("action") != "import")
                return redirect("place_import", pk=job.pk)
    except UnreadableFileError as error:
        return render(request, "maps/admin/import.html", _context(job=job, problem=str(error)))
    context = _context(job=job, form=form, seen=form.seen, gone=form.gone, mappings=ColumnMapping.objects.all()[:100])
    return render(request, "maps/admin/import.html", context)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What became of each row of the last run, as CSV."""
    job = _one(request, pk)
    if not job.report or job.ended_at is None:
        raise Http404
    digest, moment = f"{job.token.hex}-{job.ended_at.timestamp()}", job.ended_at.timestamp()
    return send(request, job.report, "text/csv; charset=utf-8", digest, moment, "private, no-store", "report.csv")


def _prepare(job: PlaceImport, form: MeaningForm, request: HttpRequest) -> None:
    job.mapping = form.meaning()
    job.save(update_fields=["mapping"])
    if (name := form.cleaned_data["save_as"]) and job.mapping:
        user: Any = request.user
        ColumnMapping.objects.update_or_create(name=name, defaults={"columns": job.mapping, "saved_by": user})


def _refuse_others(request: HttpRequest) -> None:
    if rights_of(request.user) is None:
        raise PermissionDenied


def _own(request: HttpRequest) -> Any:
    rows = PlaceImport.objects.all()
    user: Any = request.user
    return rows if user.is_superuser else rows.filter(ordered_by=user)


def _one(request: HttpRequest, pk: int) -> PlaceImport:
    _refuse_others(request)
    return get_object_or_404(_own(request), pk=pk)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _context(**values: Any) -> dict[str, Any]:
    return {"page_title": _("Import places"), "header_title": _("Import places"), "header_icon": "upload",
            "DONE": ImportState.DONE, **values}  # fmt: skip
