"""Counts of visitors in the admin: one by one, as a table, out of a file, and out again as CSV or XLSX."""

import tempfile
from pathlib import Path
from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from heritage.accounts.reach import Reach, reach_of
from heritage.accounts.roles import Action
from heritage.accounts.viewsets import ScopedViewSet
from heritage.catalog.imports import UnreadableFileError
from heritage.core.screens import GuardedItem, GuardedScreen
from heritage.maps import visits
from heritage.maps.models import VisitBasis, VisitCount

MOST_BYTES = 20 * 1024**2
NOWHERE = Reach(frozenset(), unplaced=False)
ACCEPTED = (".csv", ".txt", ".tsv", ".xlsx", ".json", ".jsonl")


class VisitCountForm(WagtailAdminModelForm):
    """The site must lie in a unit that the one who writes reaches; who wrote is noted."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        record, reach = cleaned.get("record"), reach_of(self.for_user, VisitCount, Action.ADD)
        if record and not (reach or NOWHERE).cover(record.unit_id):
            self.add_error("record", _("It belongs to a unit that your roles do not reach."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        self.instance.noted_by = self.for_user
        return super().save(commit)


class VisitCountFilterSet(WagtailFilterSet):
    year = django_filters.NumberFilter(label=gettext_lazy("Year"))
    basis = django_filters.ChoiceFilter(label=gettext_lazy("How it was counted"), choices=VisitBasis.choices)
    record__number = django_filters.CharFilter(label=gettext_lazy("Number of the record"), lookup_expr="istartswith")

    class Meta:
        model = VisitCount
        fields: tuple[str, ...] = ()


class VisitCountViewSet(ScopedViewSet):
    model = VisitCount
    icon = "group"
    menu_label = gettext_lazy("Counts of visitors")
    menu_order = 225
    add_to_admin_menu = True
    base_form_class = VisitCountForm
    filterset_class = VisitCountFilterSet
    list_per_page = 50
    list_display = [
        "record",
        Column("when", label=gettext_lazy("Time"), sort_key="year"),
        Column("visitors", label=gettext_lazy("Visitors"), sort_key="visitors"),
        Column("foreign_visitors", label=gettext_lazy("Of them from abroad")),
        Column("get_basis_display", label=gettext_lazy("How it was counted")),
        "source",
    ]
    list_export = ["record.number", "record.name_vi", "year", "month", "visitors", "foreign_visitors", "basis",
                   "source"]  # fmt: skip
    export_headings = {"record.number": "number", "record.name_vi": "name"}
    export_filename = "visitors"
    search_fields = ["record__number", "record__name_vi", "source"]
    edit_handler = ObjectList(
        [
            FieldPanel("record"),
            FieldRowPanel([FieldPanel("year"), FieldPanel("month")]),
            FieldRowPanel([FieldPanel("visitors"), FieldPanel("foreign_visitors")]),
            FieldPanel("basis"),
            FieldPanel("source"),
        ],
        base_form_class=VisitCountForm,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return VisitCount.objects.select_related("record")


class VisitsForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Table of visitors"),
        help_text=gettext_lazy(
            "CSV or XLSX whose first line names the columns: number, year, visitors; month, foreign_visitors, basis "
            "(tickets, counter, estimate) and source where known. A row without a month is of the whole year."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=200, help_text=gettext_lazy("Kept with each row that names none.")
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ACCEPTED) or file.size > MOST_BYTES:
            message = _("A table is CSV, XLSX or JSON of at most %(most)d MB.")
            raise forms.ValidationError(message % {"most": MOST_BYTES // 1024**2})
        return file


def may_bring(user: Any) -> bool:
    return reach_of(user, VisitCount, Action.ADD) is not None


class VisitsView(GuardedScreen, FormView):
    """A table is looked at or taken in at once; what is refused stands there line by line."""

    template_name = "maps/admin/visits.html"
    form_class = VisitsForm
    page_title = gettext_lazy("Import counts of visitors")
    header_icon = "upload"

    def may(self, user: Any) -> bool:
        return may_bring(user)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        file, dry_run = form.cleaned_data["file"], self.request.POST.get("action") != "keep"
        reach = reach_of(self.request.user, VisitCount, Action.ADD) or NOWHERE
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"table{Path(file.name).suffix.lower()}")
            path.write_bytes(file.read())
            try:
                tally = visits.load(path, form.cleaned_data["source"], reach, self.request.user, dry_run)
            except UnreadableFileError as error:
                form.add_error("file", str(error))
                return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, tally=tally))


def visits_item() -> MenuItem:
    label = gettext_lazy("Import counts of visitors")
    return GuardedItem(label, reverse("visit_counts_import"), icon_name="upload", order=226, may=may_bring)
