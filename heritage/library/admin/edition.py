"""The screens of editions: who may have them, and how many at once. Files come in through `taking`."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView

from heritage.accounts.viewsets import ScopedViewSet
from heritage.library.models import Edition
from heritage.library.services.queue import settle_now


class EditionForm(WagtailAdminModelForm):
    """A changed number of copies serves those who wait at once."""

    def save(self, commit: bool = True) -> Any:
        edition = super().save(commit=commit)
        if commit:
            settle_now(edition)
        return edition


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
    list_filter = ["kind", "access", "format"]
    edit_handler = ObjectList(
        [
            FieldPanel("work"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("language"), FieldPanel("isbn")]),
            FieldRowPanel([FieldPanel("access"), FieldPanel("copies")]),
            FieldPanel("note_vi"),
            FieldPanel("note_en"),
        ],
        base_form_class=EditionForm,
    )
