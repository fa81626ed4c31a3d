"""Imports of the register in the admin: hand a file in, say what its columns mean, try, import, read, undo."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path as address
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from heritage.accounts.policies import policy_of
from heritage.accounts.reach import reach_of
from heritage.accounts.roles import Action
from heritage.catalog.imports import UnreadableFileError, ordering, pictures
from heritage.catalog.imports.naming import FIELDS, Preview, gone, naming_of, preview, suggested
from heritage.catalog.imports.reading import open_table
from heritage.catalog.imports.rights import rights_of
from heritage.catalog.models import Deed, Record, RecordMeaning, RegisterImport
from heritage.core import desk
from heritage.core.letters import NAMES
from heritage.core.models import ImportState
from heritage.core.screens import GuardedItem

MEANINGS = {
    "id": _("number of the record"),
    "name_vi": _("official name"),
    "name_en": _("name in English"),
    "kind": _("kind"),
    "types": _("types of monument, parted by semicolons"),
    "ich_category": _("kinds of intangible heritage, parted by semicolons"),
    "rank": _("rank or list"),
    "other_lists": _("other lists with their years"),
    "decision_no": _("decision number"),
    "decision_date": _("day of the decision"),
    "decision_authority": _("who decided"),
    "decision_year": _("year of the decision"),
    "commune_old": _("commune as printed"),
    "district_old": _("district as printed"),
    "province_old": _("province as printed"),
    "commune_new": _("present commune or ward"),
    "commune_new_code": _("code of the present commune or ward"),
    "province_new": _("present province"),
    "lat": _("latitude"),
    "lon": _("longitude"),
    "coord_flag": _("point approximate or exact"),
    "coord_basis": _("basis of the point"),
    "coord_accuracy_m": _("accuracy in metres"),
    "part_of_id": _("number of the whole that it is part of"),
    "related_place_id": _("number of the related record"),
    "lunar_dates": _("festival days of the lunar calendar"),
    "facts_vi": _("summary in Vietnamese"),
    "facts_en": _("summary in English"),
    "confidence": _("confidence"),
    "source": _("sources, parted by semicolons"),
    "external_id": _("key at the provider of the file"),
}


class HandingInForm(desk.HandingInForm):
    """A file and who provides it."""

    accepted = (".csv", ".txt", ".tsv", ".xlsx", ".json", ".jsonl", ".zip")
    endings = _("Files of records end in .csv, .xlsx, .json or .jsonl; pictures come in a .zip.")
    too_large = _(
        "The file is larger than %(size)d MB. Divide it, or ask an administrator to run `manage.py catalog import`."
    )

    class Meta:
        model = RegisterImport
        fields = ("file", "provider", "credit", "licence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "CSV, XLSX, or JSON: one object a line, or an array of objects. "
            "Or a ZIP of pictures that are named by the numbers of their records, such as TN05-2.jpg."
        )
        self.fields["licence"].help_text = _("Of the pictures, such as CC BY 4.0.")
        self.fields["provider"].help_text = _(
            "Only where its rows have keys of their own and no numbers of the register: "
            "give the same name each time, and a second import knows its own records."
        )


class MeaningForm(desk.MeaningForm):
    """The meanings must make a register of the file that is there, in the letters that are chosen."""

    letters = forms.ChoiceField(
        label=_("Letters of the file"),
        choices=[("", _("Unicode, as it stands")), *NAMES.items()],
        required=False,
        help_text=_("Old letters are converted to Unicode as the file is read; the file itself stays as it is."),
    )
    overwrite = forms.BooleanField(
        label=_("Let the file win over edits made by hand"),
        required=False,
        help_text=_("Otherwise a row that would change what somebody edited here is refused, and says so."),
    )

    def __init__(self, request: HttpRequest, path: Path, seen: Preview, saved: dict[str, str] | None) -> None:
        columns = seen.sheet.columns
        choices = [(name, f"{MEANINGS[name]} ({name})") for name in FIELDS]
        super().__init__(columns, suggested(columns, saved), choices, request.POST or None)
        self.path, self.seen = path, seen
        self.gone = gone(seen.sheet, saved) if saved else []
        self.initial["letters"] = seen.sheet.letters
        if reach_of(request.user, Record, Action.PUBLISH) is None:
            del self.fields["overwrite"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            open_table(self.path, naming_of(self.meaning()), cleaned["letters"])
        except UnreadableFileError as error:
            raise forms.ValidationError(str(error)) from error
        return cleaned


class RegisterDesk(desk.Desk):
    model, meanings, handing_in, unreadable = RegisterImport, RecordMeaning, HandingInForm, UnreadableFileError
    name, templates, title = "register", "catalog/admin/imports", _("Import records")

    def may(self, user: Any) -> bool:
        return rights_of(user) is not None

    def settled(self, request: HttpRequest, job: RegisterImport) -> HttpResponse | None:
        """Of pictures too nothing is to be chosen: the names of the files say whose they are."""
        if job.is_open or not job.file or job.position:
            places = pictures.offered(job) if job.is_of_pictures else []
            return self.shown(request, job=job, places=places, **_offers(job))
        if not job.is_of_pictures:
            return None
        return self.ordered(request, job) if request.method == "POST" else self.shown(request, job=job, is_ready=True)

    def form_for(self, request: HttpRequest, job: RegisterImport, path: Path) -> MeaningForm:
        """In the letters that are asked for, else those that the last run took, else those that are recognised."""
        seen = preview(path)
        letters = request.GET.get("letters", request.POST.get("letters"))
        if letters is None:
            letters = job.letters or seen.sheet.recognised
        if letters in NAMES:
            seen = Preview(preview(path, letters).sheet, preview(path, letters).rows, seen.changed)
        saved = self.saved(request)
        return MeaningForm(request, path, seen, (saved.columns if saved else None) or job.mapping or None)

    def keep(self, job: RegisterImport, form: Any, user: Any, *fields: str) -> None:
        job.letters = form.cleaned_data["letters"]
        job.overwrite = form.cleaned_data.get("overwrite", False)
        super().keep(job, form, user, "letters", "overwrite", *fields)

    def order(self, job: RegisterImport, *, dry_run: bool) -> None:
        ordering.order(job, Deed.TRIAL if dry_run else Deed.IMPORT)

    def place(self, request: HttpRequest, pk: int, line: int) -> HttpResponse:
        """Take the place where a picture was taken for its record's point."""
        job = self.found(request, pk)
        one = next((each for each in pictures.offered(job) if each.pk == line), None)
        if one is None or one.record is None:
            raise Http404
        if not policy_of(Record).user_has_permission_for_instance(request.user, Action.CHANGE.value, one.record):
            raise PermissionDenied
        pictures.take(one, request.user)
        messages.success(request, _("%(number)s has its point from the picture.") % {"number": one.number})
        return redirect("register_import", pk=job.pk)

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Order that an import be taken back, or, broken off, that it go on."""
        job = self.found(request, pk)
        deed = Deed.IMPORT if request.POST.get("action") == "go_on" else Deed.UNDO
        if _offers(job)["go_on" if deed == Deed.IMPORT else "undo"]:
            ordering.order(job, deed)
        return redirect("register_import", pk=job.pk)


def _offers(job: RegisterImport) -> dict[str, bool]:
    ended = not job.is_open
    return {
        "undo": ended and job.is_in,
        "go_on": ended and job.is_in and job.deed == Deed.IMPORT and job.state == ImportState.FAILED,
    }


records = RegisterDesk()


def menu_item() -> MenuItem:
    label, address = _("Import records"), reverse_lazy("register_imports")
    return GuardedItem(label, address, icon_name="upload", order=205, may=records.may)


def admin_urls() -> list[Any]:
    return [
        address("register/imports/", require_http_methods(["GET", "POST"])(records.imports), name="register_imports"),
        address(
            "register/imports/<int:pk>/", require_http_methods(["GET", "POST"])(records.one), name="register_import"
        ),
        address(
            "register/imports/<int:pk>/place/<int:line>/", require_POST(records.place), name="register_import_place"
        ),
        address("register/imports/<int:pk>/undo/", require_POST(records.undo), name="register_import_undo"),
        address("register/imports/<int:pk>/report.csv", require_safe(records.report), name="register_import_report"),
    ]
