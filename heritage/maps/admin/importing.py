"""Imports of places in the admin: hand a file in, say what its columns mean, try, import, read the report by row."""

from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from heritage.core import desk, meanings
from heritage.maps.imports import UnreadableFileError, ordering, rights_of
from heritage.maps.imports.naming import FIELDS, Preview, meaning_of, naming_of, preview, suggested
from heritage.maps.imports.osm import ENDINGS
from heritage.maps.imports.reading import open_source
from heritage.maps.models import ColumnMapping, PlaceImport


class HandingInForm(desk.HandingInForm):
    """A file and where it comes from."""

    accepted = (".csv", ".txt", ".tsv", ".xlsx", ".geojson", ".json", ".kml", ".gpx", *ENDINGS)
    endings = _("Files of places end in .csv, .xlsx, .geojson, .kml, .gpx, .osm or .osm.pbf.")
    too_large = _(
        "The file is larger than %(size)d MB. Cut the extract to your province, "
        "or ask an administrator to run `manage.py maps import`."
    )

    class Meta:
        model = PlaceImport
        fields = ("file", "source", "licence", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("CSV, XLSX, GeoJSON, KML, GPX, or OpenStreetMap (.osm, .osm.pbf).")
        self.fields["source"].help_text = _("Give the same name each time: by it a second import knows its own places.")
        self.fields["licence"].help_text = _(
            "It is kept with every place and named in its exports. "
            "OpenStreetMap's own is known, and is named on maps too."
        )


class MeaningForm(desk.MeaningForm):
    """The meanings must make places of the file that is there."""

    def __init__(self, job: PlaceImport, path: Path, seen: Preview, saved: ColumnMapping | None, data: Any) -> None:
        chosen = suggested(seen.columns, (saved.columns if saved else None) or job.mapping or None)
        super().__init__(seen.columns, chosen, [(name, meaning_of(name)) for name in FIELDS], data)
        self.path, self.seen = path, seen
        self.gone = meanings.gone(seen.columns, saved.columns) if saved else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self.seen.columns:
            try:
                open_source(self.path, naming_of(self.meaning()))
            except UnreadableFileError as error:
                raise forms.ValidationError(str(error)) from error
        return cleaned


class PlaceDesk(desk.Desk):
    model, meanings, handing_in, unreadable = PlaceImport, ColumnMapping, HandingInForm, UnreadableFileError
    name, templates, title = "place", "maps/admin", _("Import places")

    def may(self, user: Any) -> bool:
        return rights_of(user) is not None

    def form_for(self, request: HttpRequest, job: PlaceImport, path: Path) -> MeaningForm:
        return MeaningForm(job, path, preview(path), self.saved(request), request.POST or None)

    def order(self, job: PlaceImport, *, dry_run: bool) -> None:
        ordering.order(job, dry_run)


places = PlaceDesk()
imports = require_http_methods(["GET", "POST"])(places.imports)
one_import = require_http_methods(["GET", "POST"])(places.one)
report = require_safe(places.report)
