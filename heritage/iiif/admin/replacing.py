"""Replacing the picture of one page: its identifier, place and links stay."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heritage.iiif import addresses, originals, services
from heritage.iiif.admin import tus
from heritage.iiif.admin.files import ACCEPTED, as_path
from heritage.iiif.models import Canvas


class ReplaceForm(forms.Form):
    """One file, taken in as the new picture of `canvas` while the form is checked; a refusal leaves the old one."""

    picture = forms.FileField(
        label=gettext_lazy("New picture"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED})
    )

    def __init__(self, *args: Any, canvas: Canvas, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._canvas = canvas

    def clean_picture(self) -> Any:
        upload = self.cleaned_data["picture"]
        try:
            with as_path(upload) as path:
                services.ingest(path, self._canvas.digital_object, name=upload.name, replace=self._canvas)
        except services.RefusedError as refused:
            raise forms.ValidationError(str(refused)) from refused
        except OSError as error:
            reason = originals.why(error)
            raise forms.ValidationError(f"{upload.name}: {reason}") from error
        return upload


def replace(request: HttpRequest, identifier: str, pk: int) -> HttpResponse:
    """The form; after it the pages of the object."""
    found = tus.object_for(request.user, identifier)
    canvas = get_object_or_404(Canvas.objects.select_related("digital_object"), pk=pk, digital_object=found)
    form = ReplaceForm(request.POST or None, request.FILES or None, canvas=canvas)
    pages = reverse("scan_pages", args=[identifier])
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("The picture was replaced."))
        return redirect(pages)
    context = {
        "form": form,
        "canvas": canvas,
        "thumbnail": f"{addresses.image_path(canvas.image_identifier)}/full/!400,400/0/default.jpg",
        "pages_url": pages,
        "header_title": _("Replace the picture"),
        "header_icon": "image",
        "page_title": _("Replace the picture"),
        "page_subtitle": canvas.image_identifier,
    }
    return render(request, "iiif/admin/replace.html", context)
