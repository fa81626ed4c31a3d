"""Lending the paper folder, and taking it back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from heritage.catalog.dossiers import services
from heritage.catalog.dossiers.admin.base import ObjectScreen
from heritage.catalog.models import DossierLoan


class LoanForm(forms.ModelForm):
    class Meta:
        model = DossierLoan
        fields = ("borrower", "purpose", "lent_on", "due_on")
        widgets = {"lent_on": AdminDateInput, "due_on": AdminDateInput}


class LendView(ObjectScreen, FormView):
    """Who takes the folder, why, from when until when."""

    template_name = "catalog/admin/dossier_loan.html"
    form_class = LoanForm
    header_icon = "user"
    page_title = _("Lend the paper folder")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": DossierLoan(dossier=self.object)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        loans = DossierLoan.objects.filter(dossier=self.object)[:50]
        return super().get_context_data(**kwargs) | {"dossier": self.object, "loans": loans}

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        try:
            services.lend(form.instance, self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The folder is with %(borrower)s.") % {"borrower": form.instance.borrower})
        return redirect(self.edit_url)


class ReturnView(ObjectScreen, View):
    """The folder is back."""

    http_method_names = ["post"]
    page_title = _("Returned")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        loan = get_object_or_404(DossierLoan, pk=self.kwargs["loan"], dossier=self.object)
        services.take_back(loan, request.user)
        messages.success(request, _("The folder is back."))
        return redirect(self.edit_url)
