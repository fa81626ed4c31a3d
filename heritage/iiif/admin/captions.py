"""Captions of a recording in the admin: handed in or typed, checked line by line, seen beside the recording."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from heritage.core import webvtt
from heritage.iiif import addresses, captions, queries
from heritage.iiif.admin import tus
from heritage.iiif.models import Canvas, Caption, CaptionKind, CaptionLanguage


class CaptionForm(forms.Form):
    """Either a file or the text; a file wins. What stands in that language is replaced."""

    language = forms.ChoiceField(label=_("Language"), choices=CaptionLanguage.choices)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=CaptionKind.choices,
        help_text=_("Captions also tell sounds, for those who cannot hear; subtitles are a translation of the speech."),
    )
    file = forms.FileField(label=_("WebVTT file"), required=False, widget=forms.ClearableFileInput({"accept": ".vtt"}))
    text = forms.CharField(
        label=_("Text with times"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 14, "spellcheck": "false"}),
        help_text=_("First WEBVTT, then for each sentence its times (00:01.000 --> 00:04.000) and its words."),
    )

    def __init__(self, *args: Any, canvas: Canvas, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._canvas = canvas

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload: UploadedFile | None = cleaned.get("file")
        field = "file" if upload else "text"
        name = upload.name or "" if upload else gettext("The text")
        data = upload.read(webvtt.MOST_BYTES + 1) if upload else cleaned.get("text", "").encode()
        if not data.strip():
            self.add_error(field, gettext("Give a WebVTT file, or type the text with its times."))
            return cleaned
        try:
            cleaned["vtt"] = webvtt.checked(name, data, self._canvas.duration)
        except webvtt.TranscriptError as error:
            self.add_error(field, error.problems)
        return cleaned


def _recording(request: HttpRequest, identifier: str, pk: int) -> Canvas:
    found = tus.object_for(request.user, identifier)
    return get_object_or_404(Canvas.objects.filter(duration__gt=0), pk=pk, digital_object=found)


@require_http_methods(["GET", "POST"])
def caption_list(request: HttpRequest, identifier: str, pk: int) -> HttpResponse:
    """The languages that a recording has, and the form for one; `?language=` fills it with what is kept."""
    canvas = _recording(request, identifier, pk)
    kept = canvas.captions.filter(language=request.GET.get("language", "")).first()
    first = {"language": kept.language, "kind": kept.kind, "text": kept.text} if kept else {"text": EXAMPLE}
    form = CaptionForm(request.POST or None, request.FILES or None, canvas=canvas, initial=first)
    cues: list[webvtt.Cue] = webvtt.cues(kept.text) if kept else []
    is_checked = False
    here = reverse("scan_captions", args=[identifier, pk])
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if "save" in request.POST:
            source = values["file"].name if values["file"] else ""
            captions.keep(canvas, values["language"], values["vtt"], kind=values["kind"], source=source)
            messages.success(request, gettext("The captions are kept."))
            return redirect(here)
        cues, is_checked = webvtt.cues(values["vtt"]), True
        first = {"language": values["language"], "kind": values["kind"], "text": values["vtt"]}
        form = CaptionForm(canvas=canvas, initial=first)  # a file that was checked can be mended by hand
    context = {
        "form": form,
        "canvas": canvas,
        "object": canvas.digital_object,
        "kept": queries.captions([canvas.pk]).get(canvas.pk, []),
        "cues": cues[:500],
        "is_checked": is_checked,
        "recording": addresses.recording_path(canvas.image_identifier),
        "is_film": canvas.media_type.startswith("video/"),
        "pages_url": reverse("scan_pages", args=[identifier]),
        "header_title": gettext("Captions"),
        "header_icon": "openquote",
        "page_title": gettext("Captions"),
        "page_subtitle": canvas.label_vi or canvas.original_name or canvas.image_identifier,
    }
    return render(request, "iiif/admin/captions.html", context)


@require_POST
def remove(request: HttpRequest, identifier: str, pk: int, language: str) -> HttpResponse:
    """Take the captions of a language away."""
    canvas = _recording(request, identifier, pk)
    found = get_object_or_404(
        Caption.objects.select_related("canvas__digital_object"), canvas=canvas, language=language
    )
    captions.remove(found)
    messages.success(request, gettext("The captions are taken away."))
    return redirect("scan_captions", identifier, pk)


EXAMPLE = "WEBVTT\n\n00:00.000 --> 00:04.000\n"
