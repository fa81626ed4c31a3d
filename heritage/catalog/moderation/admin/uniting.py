"""The screens on which a record is merged into another, or split."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from heritage.accounts.models import User
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.accounts.viewsets import SpokenChooser
from heritage.catalog.models import Record
from heritage.catalog.moderation import copying, parts, uniting
from heritage.catalog.moderation.admin.addresses import address_of
from heritage.catalog.moderation.admin.page import ObjectScreen


class ReasonForm(forms.Form):
    reason_vi = forms.CharField(
        label=gettext_lazy("Reason in Vietnamese"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
    reason_en = forms.CharField(
        label=gettext_lazy("Reason in English"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )


class UniteForm(ReasonForm):
    into = forms.ModelChoiceField(
        Record.objects.none(), label=gettext_lazy("Record that remains"), widget=SpokenChooser(Record)
    )
    field_order = ["into", "reason_vi", "reason_en"]


class SplitForm(ReasonForm):
    name_vi = forms.CharField(label=gettext_lazy("Name of the new record"), max_length=300)
    name_en = forms.CharField(label=gettext_lazy("Its name in English"), max_length=300, required=False)
    field_order = ["name_vi", "name_en"]


class ActView(ObjectScreen, FormView):
    """Unless it says otherwise, only for who may also withdraw the record."""

    permission_required = Action.WITHDRAW
    template_name = "catalog/moderation/act.html"
    explanation: Any = ""
    verb: Any = ""
    is_serious = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission(self.permission_required):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @cached_property
    def record(self) -> Any:
        """As it is stored, not as a draft of it would be."""
        return type(self.object)._base_manager.get(pk=self.object.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["media"] = context.get("media", forms.Media()) + context["form"].media
        return context | {
            "object": self.object,
            "verb": self.verb,
            "explanation": self.explanation,
            "is_serious": self.is_serious,
        }

    def refused(self, form: forms.Form, error: ValidationError) -> HttpResponse:
        named = error.error_dict.items() if hasattr(error, "error_dict") else [("", error.error_list)]
        for name, problems in named:
            form.add_error(name if name in form.fields else None, problems)
        return self.form_invalid(form)


class DuplicateForm(forms.Form):
    name_vi = forms.CharField(label=gettext_lazy("Name of the new record"), max_length=300)
    name_en = forms.CharField(label=gettext_lazy("Its name in English"), max_length=300, required=False)


class DuplicateView(ActView):
    """For who may edit this record and make others."""

    permission_required = Action.CHANGE
    form_class = DuplicateForm
    page_title = verb = gettext_lazy("Duplicate")
    explanation = gettext_lazy(
        "A new draft begins with the texts, terms, unit and sources of this record. "
        "Its number is its own; decisions, zones, pictures, scans and the point stay with the original."
    )
    is_serious = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission(Action.ADD):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        given = form.cleaned_data
        new = copying.duplicate(self.record, given["name_vi"], given["name_en"], self.user)
        messages.success(self.request, _("%(record)s is a new draft.") % {"record": new})
        return redirect(address_of(new, "edit"))


class UniteView(ActView):
    form_class = UniteForm
    page_title = verb = gettext_lazy("Merge into another record")
    explanation = gettext_lazy(
        "Both records are about the same thing. What uses this one will use the other; its decisions, names, sources "
        "and pictures stand there too; its number and QR code lead there. Restoring this record takes all of it back."
    )

    def get_initial(self) -> dict[str, Any]:
        """`?into=` names the other record, as the list of likely duplicates does; the form asks its rights anew."""
        into = self.request.GET.get("into", "")
        return super().get_initial() | ({"into": int(into)} if into.isdecimal() and len(into) < 19 else {})

    def get_form(self, form_class: Any = None) -> forms.Form:
        form = super().get_form(form_class)
        allowed = policy_of(Record).instances_user_has_permission_for(self.user, Action.WITHDRAW)
        cast(Any, form.fields["into"]).queryset = allowed.exclude(pk=self.object.pk)
        return form

    def form_valid(self, form: forms.Form) -> HttpResponse:
        given = form.cleaned_data
        try:
            uniting.unite(self.record, given["into"], given["reason_vi"], given["reason_en"], self.user)
        except ValidationError as error:
            return self.refused(form, error)
        said = _("%(record)s is merged; its addresses lead to %(other)s.")
        messages.success(self.request, said % {"record": self.record, "other": given["into"]})
        return redirect(address_of(given["into"], "edit"))


class SplitView(ActView):
    form_class = SplitForm
    page_title = verb = gettext_lazy("Split the record")
    explanation = gettext_lazy(
        "Part of this record becomes a record of its own: a draft with a new number, related to this one. "
        "Tick what goes with it. Merging the new record into this one takes the split back."
    )

    said: Any = gettext_lazy("%(record)s is a record of its own now.")
    split_rows: tuple[str, ...] = uniting.SPLIT_ROWS
    split_uses: tuple[str, ...] = uniting.SPLIT_USES

    @cached_property
    def rows(self) -> list[tuple[str, str, list[Any]]]:
        """What may go with the new one: name, heading, rows."""
        found: list[tuple[str, str, Any]] = [
            (name, str(capfirst(child._meta.verbose_name_plural)), getattr(self.record, name).all())
            for name, child in parts.relations(type(self.record)).items()
            if name in self.split_rows
        ]
        found += [(name, *told) for name, told in zip(self.split_uses, self.uses(), strict=True)]
        return [(name, heading, list(rows)) for name, heading, rows in found if rows]

    def uses(self) -> list[tuple[str, Any]]:
        """Heading and rows of each of `split_uses`."""
        record = self.record
        objects = record.record_objects.select_related("digital_object")
        return [(_("Scans"), objects), (_("Dossiers"), record.dossiers.all()), (_("Parts"), record.parts.all())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ticked = {(name, int(key)) for name, keys in self.chosen.items() for key in keys}
        groups = [
            (name, heading, [(row, (name, row.pk) in ticked) for row in rows]) for name, heading, rows in self.rows
        ]
        return super().get_context_data(**kwargs) | {"groups": groups}

    @property
    def chosen(self) -> dict[str, list[int]]:
        sent = self.request.POST
        names = (*self.split_rows, *self.split_uses)
        return {name: [int(key) for key in sent.getlist(name) if key.isdigit()] for name in names if name in sent}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        given = form.cleaned_data
        names = {name: given[name] for name in ("name_vi", "name_en")}
        try:
            new = self.split(names, given["reason_vi"], given["reason_en"])
        except ValidationError as error:
            return self.refused(form, error)
        messages.success(self.request, self.said % {"record": new})
        return redirect(address_of(new, "edit"))

    def split(self, names: dict[str, str], reason_vi: str, reason_en: str) -> Any:
        """Do it; returns what was split off."""
        return uniting.split_off(self.record, names, self.chosen, reason_vi, reason_en, self.user).record
