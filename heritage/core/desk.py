"""The admin's screens where staff hand a file in, say what its columns mean, try, import and read the report by row.

An app makes a `Desk` of its own for each kind of file and names its addresses `NAME_imports`, `NAME_import` and
`NAME_import_report`.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from heritage.core.models import FileImport, ImportState, SavedMeaning
from heritage.core.sending import send

SHOWN = 20


class HandingInForm(forms.ModelForm):
    """A file with one of the `accepted` endings, of no more than `most_bytes`; a subclass says what to do otherwise."""

    accepted: tuple[str, ...]
    endings: Any
    too_large: Any
    """With `%(size)d`, in megabytes."""
    most_bytes = 500 * 1024**2

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(self.accepted):
            raise forms.ValidationError(self.endings)
        if file.size > self.most_bytes:
            raise forms.ValidationError(self.refusal_of_size())
        return file

    @classmethod
    def refusal_of_size(cls) -> str:
        return str(cls.too_large) % {"size": cls.most_bytes // 1024**2}


class MeaningForm(forms.Form):
    """A choice of field for each column; `save_as` keeps the choices under a name."""

    save_as = forms.CharField(label=_("Save these choices under a name"), max_length=80, required=False)

    def __init__(
        self, columns: Sequence[str], chosen: dict[str, str], choices: list[tuple[str, Any]], data: Any
    ) -> None:
        super().__init__(data)
        self.columns = columns
        for number, column in enumerate(columns):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=column or "-",
                choices=[("", _("do not take")), *choices],
                required=False,
                initial=chosen.get(column, ""),
            )

    def meaning(self) -> dict[str, str]:
        return {column: self.cleaned_data.get(f"column_{number}", "") for number, column in enumerate(self.columns)}


@contextmanager
def local(job: Any) -> Iterator[Path]:
    """The file handed in, under its own name, on this machine's disk wherever it is stored."""
    with TemporaryDirectory(prefix="import-") as folder:
        path = Path(folder, get_valid_filename(Path(job.name).name))
        with job.file.open("rb") as stored, path.open("wb") as copy:
            shutil.copyfileobj(stored, copy, 1 << 20)
        yield path


class Desk:
    """What kinds of import share; a subclass says whose it is, and shows and orders one (`one`)."""

    model: type[FileImport]
    meanings: type[SavedMeaning]
    handing_in: type[HandingInForm]
    unreadable: type[Exception]
    """`str()` of it says to whoever handed a file in why it cannot be read."""
    name: str
    templates: str
    title: Any

    @property
    def address_of_all(self) -> str:
        return f"{self.name}_imports"

    @property
    def address_of_one(self) -> str:
        return f"{self.name}_import"

    @property
    def address_of_report(self) -> str:
        return f"{self.name}_import_report"

    def may(self, user: Any) -> bool:
        raise NotImplementedError

    def form_for(self, request: HttpRequest, job: Any, path: Path) -> Any:
        """The choices for the file at `path`: a form with `seen`, its first rows, and `gone`, columns it lacks."""
        raise NotImplementedError

    def order(self, job: Any, *, dry_run: bool) -> None:
        """Hand a prepared import to the worker."""
        raise NotImplementedError

    def own(self, request: HttpRequest) -> QuerySet[Any]:
        """The imports that a person sees: one's own, an administrator all."""
        rows = self.model._default_manager.all()
        user: Any = request.user
        return rows if user.is_superuser else rows.filter(ordered_by=user)

    def imports(self, request: HttpRequest) -> HttpResponse:
        """The form that hands a file in, and the user's own imports of the last weeks."""
        self.refuse_others(request)
        sent = int(request.META.get("CONTENT_LENGTH") or 0)
        if sent > self.handing_in.most_bytes + 1024**2:  # before a byte of it is read
            problem = self.handing_in.refusal_of_size()
            context = self.context(form=self.handing_in(), problem=problem, jobs=self.own(request)[:SHOWN])
            return render(request, f"{self.templates}/imports.html", context, status=413)
        form = self.handing_in(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            job = form.save(commit=False)
            job.name, job.ordered_by = Path(form.cleaned_data["file"].name).name[:200], request.user
            job.save()
            return redirect(self.address_of_one, pk=job.pk)
        return render(
            request, f"{self.templates}/imports.html", self.context(form=form, jobs=self.own(request)[:SHOWN])
        )

    def one(self, request: HttpRequest, pk: int) -> HttpResponse:
        """First rows and meaning of the columns, the run under way, or its result; `?format=json` says how far."""
        job = self.found(request, pk)
        if request.GET.get("format") == "json":
            return self.state(job)
        return self.settled(request, job) or self.choosing(request, job)

    def settled(self, request: HttpRequest, job: Any) -> HttpResponse | None:
        """The page of an import of which nothing is to be chosen; None of any other."""
        return self.shown(request, job=job) if job.is_open or not job.file else None

    def choosing(self, request: HttpRequest, job: Any) -> HttpResponse:
        try:
            with local(job) as path:
                form = self.form_for(request, job, path)
                if request.method == "POST" and form.is_valid():
                    self.keep(job, form, request.user)
                    return self.ordered(request, job)
        except self.unreadable as error:
            return self.shown(request, job=job, problem=str(error))
        mappings = self.meanings._default_manager.all()[:100] if form.columns else []
        return self.shown(request, job=job, form=form, seen=form.seen, gone=form.gone, mappings=mappings)

    def ordered(self, request: HttpRequest, job: Any) -> HttpResponse:
        """A trial, unless the button says that it is for good."""
        self.order(job, dry_run=request.POST.get("action") != "import")
        return redirect(self.address_of_one, pk=job.pk)

    def shown(self, request: HttpRequest, **values: Any) -> HttpResponse:
        return render(request, f"{self.templates}/import.html", self.context(**values))

    def report(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What became of each row of the last run, as CSV."""
        job = self.found(request, pk)
        if not job.report or job.ended_at is None:
            raise Http404
        digest, moment = f"{job.token.hex}-{job.ended_at.timestamp()}", job.ended_at.timestamp()
        return send(request, job.report, "text/csv; charset=utf-8", digest, moment, "private, no-store", "report.csv")

    def found(self, request: HttpRequest, pk: int) -> Any:
        self.refuse_others(request)
        return get_object_or_404(self.own(request), pk=pk)

    def refuse_others(self, request: HttpRequest) -> None:
        if not self.may(request.user):
            raise PermissionDenied

    def saved(self, request: HttpRequest) -> Any:
        """The saved meaning that the address asks for, or None."""
        text = request.GET.get("mapping", "")
        pk = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        return self.meanings._default_manager.filter(pk=pk).first()

    def keep(self, job: Any, form: MeaningForm, user: Any, *fields: str) -> None:
        """Write the chosen meanings to the import, and under a name where one is given."""
        job.mapping = form.meaning()
        job.save(update_fields=["mapping", *fields])
        if (name := form.cleaned_data["save_as"]) and job.mapping:
            self.meanings._default_manager.update_or_create(
                name=name, defaults={"columns": job.mapping, "saved_by": user}
            )

    @staticmethod
    def state(job: Any) -> JsonResponse:
        """How far a run is, for the page that waits for it."""
        state = {"state": job.state, "percent": job.percent, "label": str(job.get_state_display())}
        return JsonResponse({**state, "problem": job.problem})

    def context(self, **values: Any) -> dict[str, Any]:
        return {"page_title": self.title, "header_title": self.title, "header_icon": "upload",
                "DONE": ImportState.DONE, "desk": self, **values}  # fmt: skip
