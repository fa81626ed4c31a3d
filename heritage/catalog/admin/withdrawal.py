"""Withdrawing a record with a reason, and restoring it; nothing is ever deleted."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from heritage.accounts.models import User
from heritage.accounts.roles import Action
from heritage.catalog import services
from heritage.catalog.models import Record
from heritage.catalog.moderation import uniting
from heritage.core import identifiers
from heritage.core.models import Identifier
from heritage.core.models.identifier import State


def tombstone_of(record: Record) -> Identifier | None:
    """The identifier of a record that is withdrawn or merged."""
    identifier = identifiers.of(record)
    return identifier if identifier and identifier.state != State.ACTIVE else None


class WithdrawForm(forms.Form):
    reason_vi = forms.CharField(
        label=gettext_lazy("Reason in Vietnamese"),
        help_text=gettext_lazy("The public page will show it to whoever follows an old link or QR code."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    reason_en = forms.CharField(
        label=gettext_lazy("Reason in English"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )


class _WithdrawalView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView):
    """Asks the policy about the very record: `construct_view` mixes that in."""

    permission_required = Action.WITHDRAW
    template_name = "catalog/admin/withdrawal.html"
    header_icon = "bin"
    index_url_name: str | None = None
    edit_url_name: str | None = None
    allowed_when_withdrawn = False
    verb: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission(self.permission_required):
            raise PermissionDenied
        if bool(tombstone_of(self.object)) is not self.allowed_when_withdrawn:
            messages.warning(request, _("The record %(record)s has changed in the meantime.") % {"record": self.object})
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        return reverse(self.edit_url_name, args=[self.object.pk])

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": Record._meta.verbose_name_plural},
            {"url": self.get_success_url(), "label": str(self.object)},
            {"url": "", "label": self.verb, "sublabel": str(self.object)},
        ]

    @cached_property
    def record(self) -> Record:
        return Record.objects.get(pk=self.object.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"record": self.record, "verb": self.verb, "tombstone": tombstone_of(self.record)}


class WithdrawView(_WithdrawalView):
    form_class = WithdrawForm
    verb = gettext_lazy("Withdraw")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            services.withdraw(
                self.record,
                form.cleaned_data["reason_vi"],
                form.cleaned_data["reason_en"],
                cast(User, self.request.user),
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("%(record)s is withdrawn; its addresses say why.") % {"record": self.record})
        return redirect(self.get_success_url())


class RestoreView(_WithdrawalView):
    form_class = forms.Form
    verb = gettext_lazy("Restore")
    header_icon = "undo"
    allowed_when_withdrawn = True

    def form_valid(self, form: forms.Form) -> HttpResponse:
        user = cast(User, self.request.user)
        if union := uniting.open_union(self.record):
            uniting.separate(union, user)
        else:
            services.restore(self.record, user)
        messages.success(self.request, _("%(record)s is restored.") % {"record": self.record})
        return redirect(self.get_success_url())
