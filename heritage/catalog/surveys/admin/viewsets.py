"""The screens of surveys, restorations and reports of damage."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import IndexView

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.accounts.viewsets import ScopedViewSet
from heritage.catalog.dossiers.admin.base import OfRecordCreateView, OfRecordForm
from heritage.catalog.models import DamageReport, Restoration, Survey
from heritage.catalog.surveys.admin.photographs import PhotographsPanel, PhotographsView
from heritage.core import outbox


class ShownForm(OfRecordForm):
    """Whether the public sees it is for those to say who may publish."""

    def clean_is_public(self) -> bool:
        wanted, user = self.cleaned_data["is_public"], getattr(self, "for_user", None)
        before = type(self.instance).objects.filter(pk=self.instance.pk, is_public=True).exists()
        if wanted == before or user is None:
            return wanted
        policy, publish = policy_of(type(self.instance)), Action.PUBLISH.value
        is_saved = self.instance.pk is not None
        may = (
            policy.user_has_permission_for_instance(user, publish, self.instance)
            if is_saved
            else policy.user_has_permission(user, publish)
        )
        if not may:
            raise ValidationError(_now("Only who may publish can change this. Leave it as it was."))
        return wanted

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit)
        if saved.record_id:
            outbox.changed_ids("catalog.record", [saved.record_id])
        return saved


class OfRecordIndexView(IndexView):
    """A list whose rows name their record, in one query."""

    def get_base_queryset(self) -> QuerySet:
        return self.model.objects.select_related("record")


class SurveyViewSet(ScopedViewSet):
    model = Survey
    icon = "view"
    menu_label = _("Surveys")
    menu_name = "surveys"
    list_per_page = 30
    list_display = [
        "__str__",
        "get_grade_display",
        "surveyor",
        BooleanColumn("is_urgent", label=_("Urgent")),
        "received_at",
    ]
    list_filter = {"grade": ["exact"], "is_urgent": ["exact"], "visited_on": ["gte", "lte"]}
    index_view_class = OfRecordIndexView
    add_view_class = OfRecordCreateView
    inspect_view_fields = ["record", "visited_on", "surveyor", "grade", "description", "recommended"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("record"),
                    FieldRowPanel([FieldPanel("visited_on"), FieldPanel("surveyor")]),
                    FieldPanel("grade"),
                    FieldPanel("threats"),
                    FieldPanel("description"),
                    FieldPanel("recommended"),
                    FieldPanel("is_urgent"),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude"), FieldPanel("accuracy_m")]),
                    FieldPanel("is_public"),
                ],
                heading=_("Survey"),
            ),
            ObjectList([PhotographsPanel()], heading=_("Photographs")),
        ],
        base_form_class=ShownForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        photographs = path("photographs/<int:pk>/", self.construct_view(PhotographsView), name="photographs")
        return [*super().get_urlpatterns(), photographs]


class RestorationViewSet(ScopedViewSet):
    model = Restoration
    icon = "history"
    menu_label = _("Restorations")
    menu_name = "restorations"
    list_display = ["project", "record", "started_on", "finished_on"]
    index_view_class = OfRecordIndexView
    add_view_class = OfRecordCreateView
    inspect_view_fields = ["record", "project", "decision_number", "decided_on", "started_on", "finished_on"]
    edit_handler = ObjectList(
        [
            FieldPanel("record"),
            FieldPanel("project"),
            FieldRowPanel([FieldPanel("decision_number"), FieldPanel("decided_on")]),
            FieldRowPanel([FieldPanel("contractor"), FieldPanel("funding"), FieldPanel("cost")]),
            FieldRowPanel([FieldPanel("started_on"), FieldPanel("finished_on")]),
            FieldPanel("description"),
            InlinePanel(
                "phases",
                panels=[
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("started_on"), FieldPanel("finished_on"), FieldPanel("cost")]),
                ],
                label=_("Phase"),
                heading=_("Phases"),
            ),
            InlinePanel(
                "pictures",
                panels=[FieldPanel("image"), FieldRowPanel([FieldPanel("moment"), FieldPanel("caption")])],
                label=_("Picture"),
                heading=_("Pictures before and after"),
            ),
            FieldPanel("is_public"),
        ],
        base_form_class=ShownForm,
    )


class DamageReportForm(OfRecordForm):
    """A survey named in a report is one of the same record."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        survey, record = cleaned.get("survey"), cleaned.get("record")
        if survey and record and survey.record_id != record.pk:
            self.add_error("survey", _now("%(survey)s is a survey of another record.") % {"survey": survey})
        return cleaned


class DamageReportViewSet(ScopedViewSet):
    model = DamageReport
    icon = "warning"
    menu_label = _("Reports of damage")
    menu_name = "damage-reports"
    list_display = [
        "__str__",
        Column("handled_by", label=_("Handled by"), classname="wide-only"),
        "deadline",
        Column("overdue", label=_("Overdue"), accessor=lambda one: _("overdue") if one.is_overdue else ""),
        Column("settled_on", label=_("Settled on"), classname="wide-only"),
    ]
    list_filter = {"kind": ["exact"], "deadline": ["lte"], "settled_on": ["isnull"]}
    index_view_class = OfRecordIndexView
    add_view_class = OfRecordCreateView
    inspect_view_fields = ["record", "kind", "reported_on", "description", "deadline", "settled_on", "outcome"]
    edit_handler = ObjectList(
        [
            FieldPanel("record"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("reported_on"), FieldPanel("reported_by")]),
            FieldPanel("survey"),
            FieldPanel("description"),
            FieldRowPanel([FieldPanel("handled_by"), FieldPanel("deadline")]),
            FieldRowPanel([FieldPanel("settled_on"), FieldPanel("outcome")]),
        ],
        base_form_class=DamageReportForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet | None:
        return None
