"""Handing in books: files are checked, cleaned and shelved, each with its own answer."""

import json
import re
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.core.folding import nfc
from heritage.library.imports import Terms
from heritage.library.imports.taking import EBOOKS
from heritage.library.models import Access, Job, Licence, Work
from heritage.library.services import jobs

MOST_BYTES = 1024 * 1024 * 1024
AT_ONCE_FILES, AT_ONCE_BYTES = 5, 20 * 1024 * 1024
"""So much is taken in while its user waits; more is left to the worker."""
ACCEPTED = ".epub,.pdf,.cbz,.zip,.mp3,.m4a,.m4b,.ogg,.oga,.opus,.flac,.vtt,.jpg,.png"


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or more uploaded files."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError(_("Choose at least one file."))
        if sum(file.size for file in files) > MOST_BYTES:
            raise forms.ValidationError(
                _("The files together are larger than %(size)d MB. Hand them in by turns, or use the import command."),
                params={"size": MOST_BYTES // 1024**2},
            )
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class TakingForm(forms.Form):
    books = SeveralFilesField(
        label=_("Files"),
        widget=SeveralFilesInput(attrs={"accept": ACCEPTED}),
        help_text=_(
            "E-books (EPUB, PDF, CBZ), audio files (MP3, M4A, M4B, OGG, Opus, FLAC) with covers and transcripts "
            "(WebVTT) beside them, or ZIP files of all these. "
            "Audio files of one folder make one audiobook by their album."
        ),
    )
    paths = forms.CharField(required=False, max_length=2_000_000, widget=forms.HiddenInput)
    access = forms.ChoiceField(label=_("Access"), choices=Access.choices, initial=Access.STAFF)
    copies = forms.IntegerField(
        label=_("Copies"), min_value=0, max_value=10_000, required=False, help_text=_("Only for titles that are lent.")
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence.choices, initial=Licence.COPYRIGHT)
    publish = forms.BooleanField(label=_("Publish at once"), required=False)
    dry_run = forms.BooleanField(
        label=_("Only look"),
        required=False,
        help_text=_("Says what would become of each file; you take them in after."),
    )

    def clean_paths(self) -> list[str]:
        """Where each file lay in the folder that was dropped; the script sends it, and nothing else depends on it."""
        try:
            said = json.loads(self.cleaned_data["paths"] or "[]")
        except ValueError:
            return []
        return [path if isinstance(path, str) else "" for path in said] if isinstance(said, list) else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("access") == Access.LENDING) != (cleaned.get("copies") is not None):
            self.add_error("copies", _("Give a number of copies for a lent title, and for no other."))
        return cleaned


@require_http_methods(["GET", "POST"])
def take_in_books(request: HttpRequest) -> HttpResponse:
    """The form; what is handed in becomes a job, whose page says what became of each file."""
    policy = policy_of(Work)
    if not policy.user_has_permission(request.user, Action.ADD.value):
        raise PermissionDenied
    form = TakingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        may_publish = policy.user_has_permission(request.user, Action.PUBLISH.value)
        return redirect("library_job", _ordered(form.cleaned_data, request.user, may_publish).pk)
    return render(request, "library/admin/take_in.html", {"form": form})


def _ordered(values: dict[str, Any], user: Any, may_publish: bool) -> Job:
    terms = Terms(
        access=Access(values["access"]),
        copies=values["copies"],
        licence=Licence(values["licence"]),
        publish=values["publish"],
    )
    folder = Path(mkdtemp(dir=jobs.incoming()))
    paths = [*values["paths"], *[""] * len(values["books"])]
    for number, (upload, path) in enumerate(zip(values["books"], paths, strict=False)):
        target = folder / _place(upload.name or "", path, number)
        if target.exists():
            target = folder / f"{number:04d}" / target.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as stored:
            for chunk in upload.chunks():
                stored.write(chunk)
    few = len(values["books"]) <= AT_ONCE_FILES and sum(file.size for file in values["books"]) <= AT_ONCE_BYTES
    return jobs.order_taking(folder, terms, user, dry_run=values["dry_run"], may_publish=may_publish, at_once=few)


def _place(name: str, path: str, number: int) -> Path:
    """Where an upload is kept below the job's folder: in its own folder of those dropped, else with those beside it.

    Names say how a book is called where it does not say so itself, so of them only what leads elsewhere is taken out.
    """
    parts = [part for part in re.split(r"[/\\]", path)[:-1] if part.strip(". ")]
    ending = Path(name).suffix.lower()
    if not parts and ending in (*EBOOKS, ".zip"):
        parts = [f"{number:04d}"]
    return Path(*(_bare(part) for part in [*parts[-4:], Path(name).name]))


def _bare(part: str) -> str:
    plain = "".join(c for c in nfc(part) if c.isprintable() and c not in "/\\:").strip(". ")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:60]}{dot}{ending[-20:]}" if dot else plain[:60] or "_"
