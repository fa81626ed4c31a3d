"""The screens of dossiers."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, TitleColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import IndexView

from heritage.catalog.dossiers import completeness, publication
from heritage.catalog.dossiers.admin import exporting, items, loans
from heritage.catalog.dossiers.admin.base import OfRecordCreateView, OfRecordForm
from heritage.catalog.dossiers.admin.panels import DossierPanel
from heritage.catalog.dossiers.services import checklist_for
from heritage.catalog.models import Dossier
from heritage.catalog.moderation.admin.viewset import VersionedViewSet
from heritage.core.folding import fold


class DossierForm(OfRecordForm):
    """Refuses to submit or publish what the law keeps off line, beside the field that is missing."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        record, rank = cleaned.get("record"), cleaned.get("candidate_rank")
        if record and rank and not cleaned.get("checklist") and checklist_for(record, rank) is None:
            message = _("No checklist is in force for this kind and rank. Choose one, or add it first.")
            self.add_error("checklist", message)
        if record and rank and ({"action-publish", "action-submit"} & set(self.data)):
            self._clean_publication(cleaned)
        return cleaned

    def _clean_publication(self, cleaned: dict[str, Any]) -> None:
        asked = {name: cleaned.get(name) for name in ("record", "candidate_rank", "opinion_number", "opinion_on")}
        draft = Dossier(**asked, opinion_agrees=bool(cleaned.get("opinion_agrees")))
        for field, reason in publication.obstacles(draft).items():
            self.add_error(field, reason)


class DossierIndexView(IndexView):
    """Dossiers with their completeness, in a fixed number of queries."""

    def get_base_queryset(self) -> QuerySet[Dossier]:
        return Dossier.objects.select_related("record")

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return completeness.annotated(super().order_queryset(queryset))

    @property
    def is_searchable(self) -> bool:
        return True

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        for word in fold(self.search_query[:200]).split()[:8] if self.is_searching else []:
            queryset = queryset.filter(record__folded__contains=word)
        return queryset

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self._get_title_column("record", TitleColumn),
            Column("candidate_rank", label=_("Rank"), accessor="get_candidate_rank_display"),
            Column("complete", label=_("Complete"), accessor=_complete),
            Column("shelf_mark", label=_("Shelf mark"), classname="wide-only"),
            Column("status", label=_("State"), accessor="status_string"),
            UpdatedAtColumn(classname="wide-only"),
        ]


def _complete(dossier: Dossier) -> str:
    figure = completeness.of_annotated(dossier)
    return f"{figure.percent} % ({figure.held}/{figure.required})"


class DossierViewSet(VersionedViewSet):
    model = Dossier
    icon = "folder-open-inverse"
    menu_label = _("Dossiers")
    menu_name = "dossiers"
    list_per_page = 30
    list_filter = ["candidate_rank", "live"]
    index_view_class = DossierIndexView
    add_view_class = OfRecordCreateView
    inspect_view_fields = ["record", "candidate_rank", "checklist", "shelf_mark", "opinion_number", "opinion_on"]
    edit_handler = TabbedInterface(
        [
            ObjectList([DossierPanel()], heading=_("Items")),
            ObjectList(
                [
                    FieldPanel("record"),
                    FieldRowPanel([FieldPanel("candidate_rank"), FieldPanel("checklist")]),
                    FieldPanel("shelf_mark"),
                    FieldPanel("internal_note"),
                ],
                heading=_("Dossier"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("opinion_number"), FieldPanel("opinion_on")]),
                            FieldPanel("opinion_by"),
                            FieldPanel("opinion_agrees"),
                        ],
                        heading=_("The ministry's written opinion"),
                    )
                ],
                heading=_("Opinion"),
            ),
        ],
        base_form_class=DossierForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        def view(view_class: type, route: str, name: str) -> URLPattern:
            return path(route, self.construct_view(view_class), name=name)

        return [
            *super().get_urlpatterns(),
            view(items.ItemView, "items/<int:pk>/add/", "add_item"),
            view(items.ItemView, "items/<int:pk>/<int:item>/", "item"),
            view(items.StaffFileView, "files/<int:pk>/<int:file>/", "file"),
            view(items.SetAsideView, "files/<int:pk>/<int:file>/set-aside/", "set_aside"),
            view(loans.LendView, "loans/<int:pk>/", "lend"),
            view(loans.ReturnView, "loans/<int:pk>/<int:loan>/return/", "return"),
            view(exporting.OrderExportView, "exports/<int:pk>/order/", "order_export"),
            view(exporting.ExportView, "exports/<int:pk>/<int:export>/", "export"),
            view(exporting.ExportFileView, "exports/<int:pk>/<int:export>/file/", "export_file"),
        ]
