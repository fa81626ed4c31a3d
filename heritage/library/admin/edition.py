"""The screens of editions: who may have them, and how many at once. Files come in through `taking`."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView

from heritage.accounts.viewsets import ScopedViewSet
from heritage.core.panels import both_languages
from heritage.library.epub.package import isbn_13
from heritage.library.models import Edition, EditionKind
from heritage.library.services.queue import settle_now


class EditionForm(WagtailAdminModelForm):
    """A changed number of copies serves those who wait at once."""

    isbn = forms.CharField(
        label=_("ISBN"), max_length=30, required=False, help_text=_("With or without hyphens, ten or thirteen digits.")
    )

    def clean_isbn(self) -> str:
        """As ISBN-13 without hyphens (ISO 2108).

        Raises:
            ValidationError: its check digit is wrong.
        """
        typed = self.cleaned_data["isbn"].strip()
        found = isbn_13(typed)
        if typed and not found:
            raise forms.ValidationError(_("This is no ISBN: a digit is wrong or missing."))
        return found

    def save(self, commit: bool = True) -> Any:
        edition = super().save(commit=commit)
        if commit:
            settle_now(edition)
        return edition


class EditionEditView(EditView):
    """Beside Wagtail's own buttons: the transcripts of an audiobook."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        if self.object.kind == EditionKind.AUDIOBOOK:
            url = reverse("library_transcripts", args=[self.object.pk])
            buttons.append(Button(_("Transcripts"), url=url, icon_name="openquote"))
        return buttons


class EditionIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("work")

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "__str__",
            Column("access", label=_("Access"), accessor="get_access_display"),
            Column("copies", label=_("Copies")),
            Column("original_name", label=_("File")),
        ]


class EditionViewSet(ScopedViewSet):
    model = Edition
    icon = "media"
    menu_label = _("Editions")
    menu_name = "editions"
    index_view_class = EditionIndexView
    edit_view_class = EditionEditView
    list_filter = ["kind", "access", "format"]
    edit_handler = ObjectList(
        [
            FieldPanel("work"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("language"), FieldPanel("isbn")]),
            FieldRowPanel([FieldPanel("access"), FieldPanel("copies")]),
            FieldPanel("page_direction"),
            both_languages("note"),
        ],
        base_form_class=EditionForm,
    )
