"""The form of a digital object: its words, its scans in their order, and new scans to take in."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from heritage.accounts.reach import reach_of
from heritage.accounts.roles import Action
from heritage.core import outbox
from heritage.iiif import contents, decoding, formats, georeference, layers, owners, queries, services, structure
from heritage.iiif.admin.files import ScansField, as_path
from heritage.iiif.contents import Entry
from heritage.iiif.models import Canvas, ControlPoint, DigitalObject


def lines_field(label: Any, help_text: Any, rows: int, max_length: int) -> forms.CharField:
    """A field for one thing in each line, parted by bars."""
    widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=max_length, widget=widget)


class DigitalObjectForm(WagtailAdminModelForm):
    """Files are checked with the other fields; they are taken in once the object is saved."""

    scans = ScansField(
        label=_("Add scans"),
        required=False,
        help_text=_(
            "JPEG, TIFF, PNG, WebP, AVIF up to 200 megapixels, JPEG 2000 and HEIC up to 100, PDF up to 2,000 pages; "
            "several at once are sorted by name."
        ),
    )
    record_number = forms.CharField(
        label=_("Record number"),
        required=False,
        max_length=40,
        help_text=_("The record that the scans belong to, such as TN01. Access and unit then follow the record."),
    )

    contents = lines_field(
        _("Contents"),
        _(
            "One entry in a line: title in Vietnamese | title in English | pages, such as: Lời tựa | Preface | 1-4. "
            "Hyphens at the start put an entry below the one before it; 2; 5 are pages apart, 2 xywh=0,0,400,900 is a "
            "part. A fourth column: sequence for another order of the pages, no-nav, thumbnail-nav, picture=3."
        ),
        rows=8,
        max_length=400_000,
    )
    control_points = lines_field(
        _("Control points of an old map"),
        _(
            "One point in a line: page | x | y | longitude | latitude, such as: 1 | 1200 | 850 | 105.84 | 21.02. "
            "At least three for a map; x and y are pixels from the upper left."
        ),
        rows=4,
        max_length=50_000,
    )

    layers = lines_field(
        _("Several pictures on one page"),
        _(
            "One picture in a line: page | page it is shown on, for another view of it such as by raking light: 3 | 2. "
            "A part that is laid where it belongs has left,top,width,height behind: 4 | 2 | 1200,300,800,600."
        ),
        rows=3,
        max_length=50_000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._scans = self._scans_in_order()
        self._offer_scans()
        if self.instance.pk and "identifier" in self.fields:
            self.fields["identifier"].disabled = True

    def _scans_in_order(self) -> list[Canvas]:
        rows = Canvas.objects.filter(digital_object=self.instance.pk).order_by("order", "pk").defer("technical")
        return list(rows) if self.instance.pk else []

    def _offer_scans(self) -> None:
        """What there is as text, and the object's own pages to choose from."""
        pks = [canvas.pk for canvas in self._scans]
        if pks and "contents" in self.fields:
            kept = contents.entries_of(queries.ranges(self.instance), pks)
            self.fields["contents"].initial = contents.format_entries(kept)
        if pks and "control_points" in self.fields:
            points = ControlPoint.objects.filter(canvas__in=pks).order_by("order", "pk")
            kept_points = georeference.points_of(points, pks)
            self.fields["control_points"].initial = georeference.format_points(kept_points)
        if pks and "layers" in self.fields:
            self.fields["layers"].initial = layers.format_layers(self._scans)
        for name in ("start", "poster"):
            if name in self.fields:
                self.fields[name].queryset = Canvas.objects.filter(pk__in=pks).order_by("order", "pk")

    def clean_contents(self) -> str:
        text = self.cleaned_data["contents"]
        self._entries = contents.parse(text, len(self._scans))
        return text

    def clean_layers(self) -> str:
        text = self.cleaned_data["layers"]
        self._layers = layers.parse(text, self._scans)
        return text

    def clean_control_points(self) -> str:
        text = self.cleaned_data["control_points"]
        self._points = georeference.parse(text, self._scans)
        return text

    def clean_record_number(self) -> str:
        number = self.cleaned_data["record_number"].strip().upper()
        if not number:
            return ""
        try:
            if not owners.may(self.for_user, "record", number):
                raise ValidationError(_("You have no right to add scans to this record."))
        except owners.NoSuchOwnerError as missing:
            raise ValidationError(str(missing)) from missing
        return number

    def clean(self) -> dict[str, Any]:
        """Whoever holds a role for some kinds only gives a new scan to a record: of none it would be of no kind."""
        cleaned: dict[str, Any] = super().clean()
        if self.instance.pk is None and not cleaned.get("record_number") and "record_number" not in self.errors:
            reach = reach_of(self.for_user, DigitalObject, Action.ADD)
            if reach is not None and not reach.is_free:
                message = _("Your role is for some kinds of heritage only: give the number of a record of these kinds.")
                self.add_error("record_number", message)
        return cleaned

    def save(self, commit: bool = True) -> DigitalObject:
        saved = super().save(commit=commit)
        if commit:
            outbox.changed(saved)
            if number := self.cleaned_data.get("record_number"):
                services.add_to_owner(saved, "record", number)
            self._structure(saved)
            self._take_in(saved)
        return saved

    def _structure(self, saved: DigitalObject) -> None:
        """Pages are those that the form showed: some may have moved since or, removed beside, be gone."""
        there = set(Canvas.objects.filter(digital_object=saved).values_list("pk", flat=True))
        if "contents" in self.changed_data:
            entries = [one for one in self._entries if self._scans[one.first - 1].pk in there]
            entries = [self._within(one, there) for one in entries]
            structure.set_contents(saved, entries, self._scans)
        if "layers" in self.changed_data:
            self._lay(saved, there)
        if "control_points" in self.changed_data:
            points = [one for one in self._points if self._scans[one.page - 1].pk in there]
            structure.set_control_points(saved, points, self._scans)

    def _within(self, one: Entry, there: set[int]) -> Entry:
        """An entry without the pages that are gone."""
        return replace(
            one,
            last=one.last if self._is_there(one.last, there) else None,
            picture=one.picture if self._is_there(one.picture, there) else None,
            pieces=tuple(piece for piece in one.pieces if self._is_there(piece[0], there)),
        )

    def _lay(self, saved: DigitalObject, there: set[int]) -> None:
        """The rows are read anew: the form has just saved their labels and their order."""
        rows = Canvas.objects.in_bulk([one.pk for one in self._scans])
        found = [one for one in self._layers if all(self._is_there(page, there) for page in (one.page, one.on))]
        structure.set_layers(saved, found, [rows.get(one.pk, one) for one in self._scans])

    def _is_there(self, page: int | None, there: set[int]) -> bool:
        return page is None or self._scans[page - 1].pk in there

    def _take_in(self, saved: DigitalObject) -> None:
        """Every new scan; `notes` then says what should be known of them."""
        self.notes: list[str] = []
        met: set[int] = set()
        uploads = self.cleaned_data.get("scans") or []
        for upload in sorted(uploads, key=lambda one: services.natural_key(one.name)):
            with as_path(upload) as path:
                is_long = formats.inspect(path, upload.name).media_type == decoding.PDF
                result = services.ingest(path, saved, name=upload.name, wait=not is_long, met=met)
            met |= {canvas.pk for canvas in result.canvases}
            self.notes += [f"{upload.name}: {result.note}"] if result.note else []
