"""The queue of records whose unit is in doubt, and the form in which a change of units is recorded."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import AdminDateInput

from heritage.accounts.admin.unit_list import UnitListField
from heritage.accounts.forms import units_to_place
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog.models import Record, UnitDoubt
from heritage.catalog.units import doubts, services
from heritage.core.screens import GuardedItem, GuardedScreen
from heritage.places import queries, recording
from heritage.places.models import ChangeKind, Unit

PER_PAGE = 30


def open_doubts(user: Any) -> QuerySet[UnitDoubt]:
    """Doubts about records that `user` may place for everybody to see."""
    within = policy_of(Record).instances_user_has_permission_for(user, Action.PUBLISH)
    rows = UnitDoubt.objects.filter(settled_at=None, record__in=within.order_by().values("pk"))
    return rows.select_related("record__unit__parent__parent")


def may_settle(user: Any) -> bool:
    return policy_of(Record).user_has_permission(user, Action.PUBLISH)


class DoubtsView(GuardedScreen, TemplateView):
    """Each doubt with its candidates as buttons; what is not chosen here is chosen in the record."""

    template_name = "catalog/units/doubts.html"
    page_title = gettext_lazy("Units in doubt")
    header_icon = "globe"

    def may(self, user: Any) -> bool:
        return may_settle(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(open_doubts(self.request.user), PER_PAGE).get_page(self.request.GET.get("p"))
        keys = {key for doubt in page for key in doubt.candidates}
        units = queries.with_units_above(Unit.objects.current()).in_bulk(list(keys))
        rows = [(doubt, [units[key] for key in doubt.candidates if key in units]) for doubt in page]
        return super().get_context_data(**kwargs) | {"page_obj": page, "rows": rows}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "look":
            return self._look_again()
        doubt = get_object_or_404(open_doubts(request.user), pk=_key(request.POST.get("doubt")))
        unit = get_object_or_404(Unit.objects.current(), pk=_key(request.POST.get("unit")))
        reach = units_to_place(Record, request.user)
        if reach is not None and unit.pk not in reach:
            raise PermissionDenied
        record = services.settle(doubt, unit, request.user)
        messages.success(request, _("%(record)s belongs to %(unit)s.") % {"record": record, "unit": unit.full_label()})
        return redirect("unit_doubts")

    def _look_again(self) -> HttpResponse:
        """Everything anew, such as after boundaries were loaded."""
        if units_to_place(Record, self.request.user) is not None:
            raise PermissionDenied
        placed = services.place_undecided(self.request.user)
        left = doubts.refresh()
        found = ngettext("%(count)d record was placed", "%(count)d records were placed", placed) % {"count": placed}
        messages.success(self.request, _("%(placed)s; %(left)d in doubt.") % {"placed": found, "left": left})
        return redirect("unit_doubts")


def _key(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0


class ChangeForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=ChangeKind.choices)
    units = UnitListField(
        label=gettext_lazy("Units that changed"), help_text=gettext_lazy("Type a name and choose."), required=True
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the unit after a merger or renaming"),
        help_text=gettext_lazy("With its kind, such as “Xã Ba Tri”."),
        max_length=100,
        required=False,
    )
    code = forms.CharField(
        label=gettext_lazy("Its code"),
        help_text=gettext_lazy("Left blank, that of the first unit goes on."),
        max_length=5,
        required=False,
    )
    parts = forms.CharField(
        label=gettext_lazy("Parts of a divided unit"),
        help_text=gettext_lazy("One a line: code, name; the main part first. Such as: 28990 Xã Ba Tri Đông"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    resolution = forms.CharField(label=gettext_lazy("Resolution"), max_length=100)
    decided_on = forms.DateField(label=gettext_lazy("Decided on"), widget=AdminDateInput, required=False)
    took_effect_on = forms.DateField(label=gettext_lazy("Took effect on"), widget=AdminDateInput)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def order(self) -> recording.Order:
        values = dict(self.cleaned_data)
        lines = [line.split(None, 1) for line in values.pop("parts").splitlines() if line.strip()]
        parts = [(line[1].strip(), line[0]) if len(line) == 2 else (line[0], "") for line in lines]
        return recording.Order(parts=parts, **values)


class RecordChangeView(GuardedScreen, FormView):
    """Rights and objects of merged and renamed units follow at once; records of a divided one are put in doubt."""

    template_name = "catalog/units/change.html"
    form_class = ChangeForm
    page_title = gettext_lazy("Record a change of units")
    header_icon = "globe"

    def may(self, user: Any) -> bool:
        return may_record(user)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            recording.record(form.order(), self.request.user)  # type: ignore[attr-defined]
        except ValidationError as error:
            form.add_error(None, error) if not hasattr(error, "error_dict") else _add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The change is recorded; rights and records follow it."))
        return redirect("unit_doubts" if form.cleaned_data["kind"] == ChangeKind.SPLIT else "units:index")


def _add_errors(form: forms.Form, error: ValidationError) -> None:
    for name, problems in error.error_dict.items():
        form.add_error(name if name in form.fields else None, problems)


def may_record(user: Any) -> bool:
    """Changes of units concern everybody: only who may place records anywhere, and keeps the table of units."""
    return user.has_perm("places.add_recordedchange") and units_to_place(Record, user) is None


def admin_urls() -> list[Any]:
    from heritage.catalog.units.outlines import OutlinesView  # it asks `may_record` above

    return [
        path("units/boundaries/", OutlinesView.as_view(), name="unit_outlines"),
        path("units/doubts/", DoubtsView.as_view(), name="unit_doubts"),
        path("units/record-change/", RecordChangeView.as_view(), name="unit_change"),
    ]


def doubts_item() -> MenuItem:
    label = gettext_lazy("Units in doubt")
    return GuardedItem(label, reverse("unit_doubts"), icon_name="globe", order=150, may=may_settle)


def change_item() -> MenuItem:
    label = gettext_lazy("Record a change of units")
    return GuardedItem(label, reverse("unit_change"), icon_name="globe", order=810, may=may_record)
