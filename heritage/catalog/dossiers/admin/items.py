"""The screen of one item: what it is, its files, its check."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages

from heritage.accounts.roles import Action
from heritage.catalog.dossiers import services
from heritage.catalog.dossiers.admin.base import ObjectScreen
from heritage.catalog.dossiers.formats import ACCEPT
from heritage.catalog.models import DossierFile, DossierItem
from heritage.iiif.admin.files import ManyFilesInput

MAX_FILES = 50


class FilesField(forms.FileField):
    """Several uploads at once; what each is worth is decided by `services.add_file`."""

    widget = ManyFilesInput(attrs={"accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(uploads) > MAX_FILES:
            raise ValidationError(_("At most %(limit)s files at once.") % {"limit": MAX_FILES})
        return uploads


class ItemForm(forms.ModelForm):
    is_checked = forms.BooleanField(
        label=_("Checked"), required=False, help_text=_("Signs the item with your name and today's date.")
    )
    new_files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("PDF, JPEG, PNG, TIFF, DOCX, XLSX, ODT or ODS, up to 200 MB each; several at once."),
    )

    class Meta:
        model = DossierItem
        fields = (
            "title_vi",
            "title_en",
            "pages",
            "paper_form",
            "shelf_mark",
            "not_applicable",
            "is_public",
            "note",
        )

    def __init__(self, *args: Any, may_show: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_checked"].initial = bool(self.instance.checked_on)
        if self.instance.line_id:  # the words of the checklist are not an item's to change
            self.fields["title_vi"].disabled = self.fields["title_en"].disabled = True
        if not may_show:
            self.fields["is_public"].disabled = True


class ItemView(ObjectScreen, FormView):
    """An item of the dossier in the address; a missing `item` stands for a new one besides the checklist."""

    template_name = "catalog/admin/dossier_item.html"
    form_class = ItemForm
    header_icon = "doc-full"
    page_title = _("Dossier item")

    @cached_property
    def item(self) -> DossierItem:
        if "item" not in self.kwargs:
            return DossierItem(dossier=self.object)
        return get_object_or_404(DossierItem, pk=self.kwargs["item"], dossier=self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        may_show = self.user_has_permission(Action.PUBLISH)
        return super().get_form_kwargs() | {"instance": self.item, "may_show": may_show}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = DossierFile.objects.filter(item=self.item).select_related("uploaded_by") if self.item.pk else []
        return super().get_context_data(**kwargs) | {"dossier": self.object, "item": self.item, "files": files}

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        uploads = form.cleaned_data.pop("new_files")
        checked = form.cleaned_data.pop("is_checked")
        try:
            with transaction.atomic():
                item = self._saved(form, checked)
                for upload in uploads:
                    services.add_file(item, upload, self.request.user)
        except ValidationError as error:
            form.add_error("new_files", error)
            return self.form_invalid(form)
        messages.success(self.request, _("%(item)s is saved.") % {"item": item})
        return redirect(reverse(f"{NAMESPACE}:item", args=[self.object.pk, item.pk]))

    def _saved(self, form: forms.ModelForm, checked: bool) -> DossierItem:
        item = form.instance
        if item.pk is None:
            given = {name: form.cleaned_data[name] for name in ItemForm.Meta.fields}
            item = services.add_item(self.object, self.request.user, **given)
        return services.save_item(item, self.request.user, checked=checked)


class SetAsideView(ObjectScreen, FormView):
    """Leaves a file out of the dossier, with the reason."""

    template_name = "catalog/admin/dossier_set_aside.html"
    header_icon = "bin"
    page_title = _("Set a file aside")

    class form_class(forms.Form):  # noqa: N801 - Django's name
        reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Such as: scanned again."))

    @cached_property
    def file(self) -> DossierFile:
        return get_object_or_404(
            DossierFile.objects.select_related("item__dossier"), pk=self.kwargs["file"], item__dossier=self.object
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"file": self.file, "dossier": self.object}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        services.set_aside(self.file, form.cleaned_data["reason"], self.request.user)
        messages.success(self.request, _("%(file)s is set aside.") % {"file": self.file})
        return redirect(reverse(f"{NAMESPACE}:item", args=[self.object.pk, self.file.item_id]))


class StaffFileView(ObjectScreen, FormView):
    """The file itself, for who may see what is private in this dossier."""

    permission_required = Action.SEE_PRIVATE
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        from heritage.catalog.dossiers.serving import send_file

        file = get_object_or_404(DossierFile, pk=self.kwargs["file"], item__dossier=self.object)
        if not self.user_has_permission(Action.SEE_PRIVATE):
            raise PermissionDenied
        return send_file(request, file)


NAMESPACE = "wagtailsnippets_catalog_dossier"
