"""The screens of authority names and subjects, which the whole province shares."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView

from heritage.accounts.viewsets import ScopedViewSet
from heritage.core.folding import fold
from heritage.core.panels import both_languages
from heritage.library.models import AuthorityName, Subject


class NameIndexView(IndexView):
    """The search box finds other forms too, with or without marks."""

    @property
    def is_searchable(self) -> bool:
        return True

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        for word in fold(self.search_query or "").split()[:10]:
            queryset = queryset.filter(folded__contains=word)
        return queryset

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "name",
            Column("years", label=_("years")),
            Column("viaf", label="VIAF"),
            Column("isni", label="ISNI"),
        ]


class AuthorityNameViewSet(ScopedViewSet):
    model = AuthorityName
    icon = "group"
    menu_label = _("authority names")
    menu_name = "authority-names"
    index_view_class = NameIndexView
    list_filter = ["kind"]
    inspect_view_fields = ["name", "other_forms", "begin_year", "end_year", "viaf", "isni"]
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            FieldPanel("name"),
            FieldPanel("other_forms"),
            FieldRowPanel([FieldPanel("begin_year"), FieldPanel("end_year")]),
            FieldRowPanel([FieldPanel("viaf"), FieldPanel("isni")]),
            both_languages("note"),
        ]
    )


class SubjectViewSet(ScopedViewSet):
    model = Subject
    icon = "tag"
    menu_label = _("subjects")
    menu_name = "subjects"
    list_display = ["label_vi", "label_en", "notation", "broader"]
    search_fields = ["label_vi", "label_en", "notation"]
    inspect_view_fields = ["slug", "label_vi", "label_en", "notation", "broader"]
    edit_handler = ObjectList(
        [
            both_languages("label"),
            FieldPanel("slug"),
            FieldPanel("notation"),
            FieldPanel("broader"),
        ]
    )
