"""The scans of a record: shown in a tab of its form, taken in on a screen of their own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import Panel

from heritage.catalog.admin import asked_once
from heritage.catalog.dossiers.admin.base import ObjectScreen
from heritage.catalog.models import Record
from heritage.iiif import addresses
from heritage.iiif import services as iiif_services
from heritage.iiif.admin.columns import with_counts
from heritage.iiif.admin.files import ScansField, as_path
from heritage.iiif.models import DigitalObject


def scans_of(record: Record) -> list[dict[str, Any]]:
    """Digital objects of `record` in their order, with what the screens show of each; one query."""
    if record.pk is None or asked_once.is_empty(record, asked_once.SCANS):
        return []
    objects = with_counts(DigitalObject.objects.filter(record_objects__record=record.pk))
    return [
        {
            "object": each,
            "thumbnail": f"{addresses.image_path(each.first_ready)}/full/!160,120/0/default.jpg"
            if each.first_ready
            else "",
            "address": reverse("wagtailsnippets_iiif_digitalobject:edit", args=[each.pk]),
            "change": reverse("wagtailsnippets_catalog_record:scan", args=[record.pk, each.pk]),
        }
        for each in objects.order_by("record_objects__sort_order", "pk")
    ]


class ScansPanel(Panel):
    """A tab that shows what there is; scans are not part of a draft, so there is nothing to type."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalog/admin/scans_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | {"record": self.instance, "scans": scans_of(self.instance)}


class UploadForm(forms.Form):
    label_vi = forms.CharField(
        label=_("What it shows, in Vietnamese"), max_length=200, help_text=_("Such as: Bia chùa, bản dập mặt trước.")
    )
    label_en = forms.CharField(label=_("What it shows, in English"), max_length=200, required=False)
    scans = ScansField(
        label=_("Files"),
        help_text=_("JPEG, TIFF, PNG or WebP, up to 200 megapixels each; several at once are sorted by name."),
    )


class ScansScreen(ObjectScreen, FormView):
    """A screen of its own for the scans of a record, for whoever may change it."""

    header_icon = "image"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"record": self.object}

    def back_to_scans(self) -> HttpResponse:
        return redirect(f"{self.edit_url}#tab-scans")


class AddScansView(ScansScreen):
    """Makes one digital object of the files, connects it to the record and cuts it into tiles."""

    template_name = "catalog/admin/add_scans.html"
    form_class = UploadForm
    page_title = _("Add scans")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"scans": scans_of(self.object)}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            count = self._take_in(form.cleaned_data)
        except ValidationError as error:
            form.add_error("scans", error)
            return self.form_invalid(form)
        words = ngettext("%(count)d scan taken in.", "%(count)d scans taken in.", count) % {"count": count}
        messages.success(self.request, words)
        return self.back_to_scans()

    @transaction.atomic
    def _take_in(self, cleaned: dict[str, Any]) -> int:
        made = iiif_services.create_object(
            free_identifier(self.object.number),
            cleaned["label_vi"],
            cleaned["label_en"],
            owner=("record", self.object.number),
        )
        uploads = sorted(cleaned["scans"], key=lambda one: iiif_services.natural_key(one.name))
        for upload in uploads:
            with as_path(upload) as path:
                iiif_services.ingest(path, made, name=upload.name)
        return len(uploads)


def free_identifier(number: str) -> str:
    """The record's own number for its first digital object (TN01), then TN01-2, TN01-3."""
    base = number.replace(".", "-")
    taken = set(DigitalObject.objects.filter(identifier__startswith=base).values_list("identifier", flat=True))
    position = 1
    while (identifier := base if position == 1 else f"{base}-{position}") in taken:
        position += 1
    return identifier
