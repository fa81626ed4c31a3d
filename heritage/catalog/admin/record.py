"""The screens of records."""

import datetime as dt
from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets.button import Button
from wagtail.images import get_image_model
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView

from heritage.accounts.choosing import containing
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog.admin import asked_once, list_views, panels
from heritage.catalog.admin.columns import CHOICES, THUMBNAIL, WordsColumn, of_name
from heritage.catalog.admin.filters import RecordFilterSet
from heritage.catalog.admin.missing import with_lacks
from heritage.catalog.admin.paging import KeysFirst
from heritage.catalog.admin.paper_lists import PaperListMixin
from heritage.catalog.admin.scan_of_record import ScanView
from heritage.catalog.admin.scans import AddScansView
from heritage.catalog.admin.states import with_state
from heritage.catalog.admin.withdrawal import RestoreView, WithdrawView, tombstone_of
from heritage.catalog.models import KeptVersion, Record
from heritage.catalog.moderation.admin.addresses import address_of
from heritage.catalog.moderation.admin.comments import RequestChangeView
from heritage.catalog.moderation.admin.editing import MergingEdit
from heritage.catalog.moderation.admin.inspecting import FilledInspectView
from heritage.catalog.moderation.admin.submitting import CheckedSubmission
from heritage.catalog.moderation.admin.uniting import DuplicateView, SplitView, UniteView
from heritage.catalog.moderation.admin.viewset import VersionedViewSet
from heritage.catalog.queries import with_rank_on
from heritage.catalog.surveys.admin.sheet import ConditionSheetView
from heritage.core.stamped import StampedCheckboxColumn, StampedTitleColumn


class RecordIndexView(PaperListMixin, IndexView):
    """A page of the register in a fixed number of queries; the search box does not mind marks."""

    def get_base_queryset(self) -> QuerySet[Record]:
        return Record.objects.all()

    def get_paginator(self, *args: Any, **kwargs: Any) -> KeysFirst:
        return KeysFirst(*args, **kwargs, widen=self.with_columns, few=0 if self.is_searching else None)

    def _annotate_queryset_updated_at(self, queryset: QuerySet) -> QuerySet:
        """Of the whole list only where it is ordered by it: it joins each record's last version."""
        asked = self.ordering in ("_updated_at", "-_updated_at")
        return super()._annotate_queryset_updated_at(queryset) if asked else queryset

    def with_columns(self, rows: QuerySet) -> QuerySet:
        """What the columns show of the rows of one page."""
        shown = set(self.shown)
        for name, add in (
            ("rank", partial(with_rank_on, day=self.day)),
            ("lacks", with_lacks),
            ("state", with_state),
            ("_updated_at", super()._annotate_queryset_updated_at),
        ):
            rows = add(rows) if name in shown else rows
        if "cover" in shown:
            covers = get_image_model().objects.prefetch_renditions(THUMBNAIL)
            rows = rows.prefetch_related(Prefetch("cover", queryset=covers))
        return rows.select_related("unit") if "unit" in shown else rows

    @cached_property
    def shown(self) -> list[str]:
        """Names of the columns that the user chose."""
        chosen = list_views.chosen_by(self.request.user)
        return [name for name, _label in CHOICES if name in chosen]

    @property
    def day(self) -> dt.date:
        """The day whose ranks are shown: the one asked for, else today."""
        try:
            return dt.date.fromisoformat(self.request.GET.get("as_of", ""))
        except ValueError:
            return timezone.localdate()

    @property
    def is_searchable(self) -> bool:
        return True

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return containing(queryset, self.search_query) if self.is_searching else queryset

    @cached_property
    def list_display(self) -> list[Any]:
        number = WordsColumn("number", label=pgettext_lazy("of a record", "Number"), sort_key="number")
        return [number, *map(of_name, self.shown)]

    @cached_property
    def columns(self) -> list[Any]:
        may_change = self.user_has_permission(Action.CHANGE)
        checkboxes = [StampedCheckboxColumn("bulk_actions", obj_type="snippet")] if may_change else []
        name = self._get_title_column("name_vi", StampedTitleColumn)
        number, *others = self.list_display
        pictures = [others.pop(0)] if "cover" in self.shown else []
        return [*checkboxes, *pictures, number, name, *others]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *list_views.buttons(self.request)]


class RecordCreateView(CheckedSubmission, CreateView):
    """A record that is submitted as soon as it is made is checked like any other."""


class RecordEditView(MergingEdit, CheckedSubmission, EditView):
    """Beside Wagtail's own buttons: the public page, withdrawal and restoring."""

    asks_why = True

    def get_object(self, queryset: QuerySet | None = None) -> Any:
        """Wagtail asks for it twice; a form that is only shown reads it once."""
        if self.request.method not in ("GET", "HEAD"):
            return super().get_object(queryset)
        if not hasattr(self, "_shown"):
            rows = asked_once.with_neighbours(self.get_queryset() if queryset is None else queryset)
            self._shown = asked_once.prepare(super().get_object(rows), self.live_object)
        return self._shown

    @cached_property
    def workflow_state(self) -> Any:
        return None if asked_once.is_empty(self.object, asked_once.WORKFLOWS) else super().workflow_state

    @property
    def comments_open(self) -> dict[str, int]:
        return {} if asked_once.is_empty(self.object, asked_once.COMMENTS) else super().comments_open

    @property
    def kept_version(self) -> KeptVersion | None:
        return None if asked_once.is_empty(self.object, asked_once.KEPT) else super().kept_version

    def get_available_actions(self) -> list[str]:
        """Wagtail would start a second round of moderation, and fail, where two people submit."""
        actions = super().get_available_actions()
        return [name for name in actions if name != "submit" or not self.object.workflow_in_progress]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        record = self.object
        if record.live:
            buttons.append(Button(_("View public page"), url=record.get_absolute_url(), icon_name="view", priority=5))
        buttons.append(Button(_("Comments"), url=address_of(record, "comments"), icon_name="comment", priority=6))
        if self.user_has_permission(Action.ADD):
            buttons.append(Button(_("Duplicate"), url=address_of(record, "duplicate"), icon_name="copy", priority=7))
        if self.user_has_permission(Action.WITHDRAW):
            buttons += self._ending_buttons(record)
        return buttons

    def _ending_buttons(self, record: Record) -> list[Button]:
        if not asked_once.is_empty(record, asked_once.TOMBSTONE) and tombstone_of(record):
            return [Button(_("Restore"), url=address_of(record, "restore"), icon_name="undo", priority=40)]
        return [
            Button(_("Merge into another record"), url=address_of(record, "unite"), icon_name="copy", priority=38),
            Button(_("Split the record"), url=address_of(record, "split"), icon_name="duplicate", priority=39),
            Button(_("Withdraw"), url=address_of(record, "withdraw"), icon_name="bin", priority=40),
        ]


PRIVATE = frozenset({"internal_note"})
EXACT_PLACE = frozenset({"latitude", "longitude", "coord_accuracy_m", "coord_note", "zones"})
"""What who may only read is not shown of a record that is not public: where an unguarded thing lies."""


class RecordInspectView(FilledInspectView):
    """What is private of a record is shown to whoever may see that of this very record."""

    def hidden(self) -> frozenset[str]:
        policy = policy_of(Record)
        if policy.user_has_permission_for_instance(self.request.user, Action.SEE_PRIVATE, self.object):
            return frozenset()
        return PRIVATE if self.object.live else PRIVATE | EXACT_PLACE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = address_of(self.object, "request_change") if self.object.live else ""
        return super().get_context_data(**kwargs) | {"request_url": url}


class RecordViewSet(VersionedViewSet):
    model = Record
    icon = "tablet-alt"
    menu_label = _("Records")
    menu_name = "records"
    list_per_page = 30
    ordering = "number"  # by a unique index: the first page of 100,000 is not sorted for
    index_view_class = RecordIndexView
    add_view_class = RecordCreateView
    edit_view_class = RecordEditView
    inspect_view_class = RecordInspectView
    filterset_class = RecordFilterSet
    edit_handler = panels.edit_handler
    inspect_view_fields = ["number"]  # all that is filled in follows, see RecordInspectView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("withdraw/<int:pk>/", self.construct_view(WithdrawView), name="withdraw"),
            path("restore/<int:pk>/", self.construct_view(RestoreView), name="restore"),
            path("scans/<int:pk>/", self.construct_view(AddScansView), name="scans"),
            path("scans/<int:pk>/<int:scan>/", self.construct_view(ScanView), name="scan"),
            path("duplicate/<int:pk>/", self.construct_view(DuplicateView), name="duplicate"),
            path("unite/<int:pk>/", self.construct_view(UniteView), name="unite"),
            path("split/<int:pk>/", self.construct_view(SplitView), name="split"),
            path("request-change/<int:pk>/", self.construct_view(RequestChangeView), name="request_change"),
            path("condition/<int:pk>/", self.construct_view(ConditionSheetView), name="condition"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet | None:
        return None
