"""Transcripts of an audiobook in the admin: handed in or typed, checked, and seen beside the sound."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.core.webvtt import MOST_BYTES, TranscriptError, checked, cues
from heritage.library.models import AudioTrack, Edition, EditionKind
from heritage.library.services import transcripts


class TranscriptForm(forms.Form):
    """Either a file or the text; a file wins. Both empty take the transcript away."""

    file = forms.FileField(label=_("WebVTT file"), required=False, widget=forms.ClearableFileInput({"accept": ".vtt"}))
    text = forms.CharField(
        label=_("Text with times"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 18, "class": "library-vtt", "spellcheck": "false"}),
        help_text=_("First WEBVTT, then for each sentence its times (00:01.000 --> 00:04.000) and its words."),
    )

    def __init__(self, *args: Any, track: AudioTrack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.track = track

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload: UploadedFile | None = cleaned.get("file")
        name = upload.name or "" if upload else _t("The transcript")
        data = upload.read(MOST_BYTES + 1) if upload else cleaned.get("text", "").encode()
        cleaned["vtt"] = ""
        if data.strip():
            try:
                cleaned["vtt"] = checked(name, data, self.track.duration_s)
            except TranscriptError as error:
                self.add_error("file" if upload else "text", error.problems)
        return cleaned


@require_safe
def transcript_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The tracks of an audiobook, and which of them have their words."""
    edition = get_object_or_404(Edition.objects.select_related("work"), pk=pk, kind=EditionKind.AUDIOBOOK)
    _require(request, edition)
    tracks = edition.tracks.select_related("transcript")
    return render(request, "library/admin/transcripts.html", {"edition": edition, "tracks": tracks})


@require_http_methods(["GET", "POST"])
def transcript(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the transcript of one track; "check" shows it beside the sound without saving."""
    track = get_object_or_404(AudioTrack.objects.select_related("edition__work", "transcript"), pk=pk)
    _require(request, track.edition)
    kept = getattr(track, "transcript", None)
    initial = {"text": kept.text if kept else "WEBVTT\n\n00:00.000 --> 00:04.000\n"}
    form = TranscriptForm(request.POST or None, request.FILES or None, track=track, initial=initial)
    shown = cues(kept.text) if kept else []
    is_checked = False
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["vtt"]
        if "save" in request.POST:
            transcripts.write(track, text, request.user)
            messages.success(request, _t("The transcript is kept.") if text else _t("The transcript is taken away."))
            return redirect("library_transcripts", track.edition.pk)
        shown, is_checked = cues(text), True
        form = TranscriptForm(track=track, initial={"text": text})  # a file that was checked can be mended by hand
    context = {"track": track, "edition": track.edition, "form": form, "cues": shown, "is_checked": is_checked}
    return render(request, "library/admin/transcript.html", context)


def _require(request: HttpRequest, edition: Edition) -> None:
    if not policy_of(Edition).user_has_permission_for_instance(request.user, Action.CHANGE.value, edition):
        raise PermissionDenied
