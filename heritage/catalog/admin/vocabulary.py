"""What the screens of terms and periods share: uses, SKOS out and in, merging."""

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import EditView, IndexView

from heritage.accounts.admin.batches import OUTCOMES
from heritage.catalog import terms
from heritage.catalog.terms.exchange import VOCABULARIES
from heritage.core import skos
from heritage.core.addresses import absolute
from heritage.core.panels import both_languages

NAMES = {model: name for name, model in VOCABULARIES.items()}


class VocabularyIndexView(IndexView):
    """Each row with how many records have it."""

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return super().order_queryset(terms.with_uses(queryset)).select_related("parent")

    @cached_property
    def columns(self) -> list[Any]:
        return [*super().columns, Column("uses", label=_("Records"))]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        name, buttons = NAMES[self.model], [*super().header_more_buttons]
        for position, (form, told) in enumerate(skos.FORMS.items()):
            address = f"{reverse('vocabulary_skos', args=[name])}?form={form}"
            label = _("Download as SKOS (%(form)s)") % {"form": told[-1]}
            buttons.append(Button(label, url=address, icon_name="download", priority=70 + position))
        if self.user_has_permission("add"):
            address = reverse("vocabulary_take_in", args=[name])
            buttons.append(Button(_("Take in SKOS"), url=address, icon_name="upload", priority=60))
        return buttons


class VocabularyForm(WagtailAdminModelForm):
    """A row stands below others, none of which stands below it."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        further = [above for above in cleaned.get("also_within") or () if above != cleaned.get("parent")]
        cleaned["also_within"] = further
        above = [*further, *filter(None, [cleaned.get("parent")])]
        try:
            self.instance.refuse_loop([each.pk for each in above], "also_within")
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned


def vocabulary_panels(*own: Panel) -> ObjectList:
    """The form of a row: its names, what it stands below, what only its kind has (`own`), its years and its order."""
    return ObjectList(
        [
            FieldPanel("code"),
            both_languages("name"),
            both_languages("other_names"),
            FieldPanel("parent"),
            FieldPanel("also_within"),
            *own,
            FieldRowPanel([FieldPanel("first_year"), FieldPanel("last_year"), FieldPanel("sort_order")]),
        ],
        base_form_class=VocabularyForm,
    )


class VocabularyEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        address = reverse("vocabulary_merge", args=[NAMES[self.model], self.object.pk])
        merging = Button(_("Merge into another"), url=address, icon_name="order-down", priority=50)
        return [*super().header_more_buttons, *([merging] if self.user_has_permission("change") else [])]


class SkosForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("SKOS in Turtle, RDF/XML or JSON-LD, at most 5 MB.")
    )
    only_look = forms.BooleanField(
        label=gettext_lazy("Only look"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Says what would become of each term; nothing is changed."),
    )


class MergeForm(forms.Form):
    into: Any = forms.ModelChoiceField(label=gettext_lazy("Merge into"), queryset=None)

    def __init__(self, row: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = type(row)._default_manager.exclude(pk=row.pk)  # type: ignore[attr-defined]


@require_safe
def skos_file(request: HttpRequest, name: str) -> HttpResponse:
    """The whole vocabulary as `?form=` of `skos.FORMS`."""
    model = _model(request, name, "view", "add", "change")
    form = request.GET.get("form", "ttl")
    if form not in skos.FORMS:
        raise Http404
    body = skos.write(_scheme(name), terms.concepts(model), form)
    response = HttpResponse(body, content_type=skos.FORMS[form][0])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def take_in(request: HttpRequest, name: str) -> HttpResponse:
    """Terms of a file: what would become of each, and then what became of it."""
    model = _model(request, name, "add")
    form = SkosForm(request.POST or None, request.FILES or None)
    rows: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        file, only_look = form.cleaned_data["file"], form.cleaned_data["only_look"]
        try:
            found = skos.read(file.read(skos.LARGEST + 1), file.name)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            rows = [_told(row) for row in terms.take_in(model, found, request.user, dry_run=only_look)]
            rows.sort(key=lambda told: told["row"].outcome == "unchanged")  # what asks to be looked at stands first
            (messages.info if only_look else messages.success)(request, _said(rows, only_look))
    context = {"form": form, "rows": rows, "model": model._meta, "back": _listing(model)}
    return render(request, "catalog/admin/vocabulary_take_in.html", context)


def merge(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Choose the row that stays; every use moves to it."""
    model = _model(request, name, "change")
    row = get_object_or_404(terms.with_uses(model._default_manager.all()), pk=pk)
    form = MergeForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        label = str(row)
        try:
            moved = terms.merge(row, form.cleaned_data["into"], request.user)
        except ValidationError as error:
            form.add_error("into", "; ".join(error.messages))
        else:
            said = _("%(row)s is merged into %(into)s; records moved: %(moved)s.")
            messages.success(request, said % {"row": label, "into": form.cleaned_data["into"], "moved": moved})
            return redirect(_listing(model))
    return render(request, "catalog/admin/vocabulary_merge.html", {"form": form, "row": row, "back": _listing(model)})


def _model(request: HttpRequest, name: str, *actions: str) -> Any:
    """The vocabulary of this name, for who may do any of `actions` with it."""
    model = VOCABULARIES.get(name)
    if model is None:
        raise Http404
    policy: Any = policy_registry.get_by_type(model)
    if not policy.user_has_any_permission(request.user, actions):
        raise PermissionDenied
    return model


def _listing(model: Any) -> str:
    return reverse(f"wagtailsnippets_catalog_{model._meta.model_name}:list")


def _scheme(name: str) -> str:
    """The address under which the concepts of a vocabulary are known."""
    return absolute(f"/id/vocabularies/{name}")


def _said(rows: list[dict[str, Any]], only_look: bool) -> str:
    counts = Counter(str(told["outcome"]) for told in rows)
    said = {"counts": ", ".join(f"{outcome} {number}" for outcome, number in counts.items())}
    if only_look:
        trial = _(
            "Nothing is changed yet; this would become of the terms: %(counts)s. To take them in, choose the file "
            "once more without “Only look”."
        )
        return trial % said
    return _("Taken in: %(counts)s.") % said


def _told(row: terms.Row) -> dict[str, Any]:
    return {"row": row, "outcome": OUTCOMES[row.outcome]}


def admin_urls() -> list[URLPattern]:
    return [
        path("register-vocabularies/<slug:name>/skos/", skos_file, name="vocabulary_skos"),
        path("register-vocabularies/<slug:name>/take-in/", take_in, name="vocabulary_take_in"),
        path("register-vocabularies/<slug:name>/<int:pk>/merge/", merge, name="vocabulary_merge"),
    ]


def log_actions(actions: Any) -> None:
    @actions.register_action("catalog.merge_terms")
    class Merged(LogFormatter):
        label = gettext_lazy("Terms merged")

        def format_message(self, entry: Any) -> Any:
            return _("%(merged)s was merged into this; records moved: %(records)s") % {
                "merged": entry.data.get("merged", ""), "records": entry.data.get("records", 0),
            }  # fmt: skip
