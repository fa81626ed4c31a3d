"""The form of a digital object: its words, its scans in their order, and new scans to take in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from heritage.core import outbox
from heritage.iiif import decoding, formats, owners, services
from heritage.iiif.admin.files import ScansField, as_path
from heritage.iiif.models import DigitalObject


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "identifier" in self.fields:
            self.fields["identifier"].disabled = True

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

    def save(self, commit: bool = True) -> DigitalObject:
        saved = super().save(commit=commit)
        if commit:
            outbox.changed(saved)
            if number := self.cleaned_data.get("record_number"):
                services.add_to_owner(saved, "record", number)
            self._take_in(saved)
        return saved

    def _take_in(self, saved: DigitalObject) -> None:
        uploads = self.cleaned_data.get("scans") or []
        for upload in sorted(uploads, key=lambda one: services.natural_key(one.name)):
            with as_path(upload) as path:
                is_long = formats.inspect(path, upload.name).media_type == decoding.PDF
                services.ingest(path, saved, name=upload.name, wait=not is_long)
