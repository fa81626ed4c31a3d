"""Handing in books: files are checked, cleaned and shelved, each with its own answer."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.library.imports import Report, Terms, take_in
from heritage.library.imports.taking import EBOOKS
from heritage.library.models import Access, Licence, Work

MOST_BYTES = 1024 * 1024 * 1024


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
        widget=SeveralFilesInput(attrs={"accept": ".epub,.pdf,.cbz,.mp3,.m4a,.m4b,.ogg,.oga,.opus,.flac"}),
        help_text=_(
            "E-books (EPUB, PDF, CBZ) and audio files (MP3, M4A, M4B, OGG, Opus, FLAC). "
            "Audio files handed in together make one audiobook by their album."
        ),
    )
    access = forms.ChoiceField(label=_("Access"), choices=Access.choices, initial=Access.STAFF)
    copies = forms.IntegerField(
        label=_("Copies"), min_value=0, max_value=10_000, required=False, help_text=_("Only for titles that are lent.")
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence.choices, initial=Licence.COPYRIGHT)
    publish = forms.BooleanField(label=_("Publish at once"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("access") == Access.LENDING) != (cleaned.get("copies") is not None):
            self.add_error("copies", _("Give a number of copies for a lent title, and for no other."))
        return cleaned


@require_http_methods(["GET", "POST"])
def take_in_books(request: HttpRequest) -> HttpResponse:
    """The form, and below it what became of each file."""
    policy = policy_of(Work)
    if not policy.user_has_permission(request.user, Action.ADD.value):
        raise PermissionDenied
    form = TakingForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        may_publish = policy.user_has_permission(request.user, Action.PUBLISH.value)
        report = _take(form.cleaned_data, request.user, may_publish)
    return render(request, "library/admin/take_in.html", {"form": form, "report": report})


def _take(values: dict[str, Any], user: Any, may_publish: bool) -> Report:
    terms = Terms(
        access=Access(values["access"]),
        copies=values["copies"],
        licence=Licence(values["licence"]),
        publish=values["publish"] and may_publish,
        user=user,
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, upload in enumerate(values["books"]):
            own = folder / f"{number:04d}" if Path(upload.name.lower()).suffix in EBOOKS else folder
            own.mkdir(exist_ok=True)
            with (own / get_valid_filename(Path(upload.name).name)).open("wb") as stored:
                for chunk in upload.chunks():
                    stored.write(chunk)
        return take_in(folder, terms)
