"""Erasing what is personal of a person, asked twice; Law 91/2025/QH15 gives everybody the right to ask for it."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from heritage.accounts.models import User
from heritage.accounts.roles import Action
from heritage.catalog.models import Person
from heritage.catalog.people import services


class EraseForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code of the person"),
        help_text=gettext_lazy("Type the eight characters of the code: this cannot be undone."),
        max_length=8,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip().upper()
        if code != self.person.code:
            raise forms.ValidationError(_("The code is %(code)s.") % {"code": self.person.code})
        return code


class EraseView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView):
    """Asks the policy about the very person: `construct_view` mixes that in."""

    permission_required = Action.WITHDRAW
    template_name = "catalog/admin/erasure.html"
    header_icon = "bin"
    index_url_name: str | None = None
    edit_url_name: str | None = None
    form_class = EraseForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission(self.permission_required):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": self.object}

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": Person._meta.verbose_name_plural},
            {"url": reverse(self.edit_url_name, args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": _("Erase personal data"), "sublabel": str(self.object)},
        ]

    def form_valid(self, form: forms.Form) -> HttpResponse:
        services.erase(self.object, cast(User, self.request.user))
        text = _("What was personal of %(code)s is erased; the consents stay as proof, without a name.")
        messages.success(self.request, text % {"code": self.object.code})
        return redirect(reverse(self.index_url_name))
