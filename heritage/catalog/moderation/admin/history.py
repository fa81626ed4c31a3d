"""The history, from which each version is opened at its own address."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.history import ActionColumn
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.snippets.views.snippets import HistoryView

from heritage.catalog.exports.formats import guarded
from heritage.catalog.moderation.admin.addresses import address_of


class VersionColumn(ActionColumn):
    def get_actions(self, instance: Any, parent_context: Any) -> list[dict[str, str]]:
        actions: list[dict[str, str]] = super().get_actions(instance, parent_context)
        if instance.revision_id:
            address = address_of(self.object, "version", instance.revision_id)
            actions.insert(0, {"url": address, "label": _("Open this version")})
        return actions


class VersionedHistoryView(SpreadsheetExportMixin, HistoryView):
    """Who did what, when and why; also as a sheet."""

    list_export = ["timestamp", "user_display_name", "action", "message", "comment", "revision_id"]
    export_headings = {
        "timestamp": gettext_lazy("Date/Time"),
        "user_display_name": gettext_lazy("User"),
        "action": gettext_lazy("Action type"),
        "message": gettext_lazy("What was done"),
        "comment": gettext_lazy("Reason or comment"),
        "revision_id": gettext_lazy("Version"),
    }

    def get_filename(self) -> str:
        return f"history-{self.object.pk}"

    def to_row_dict(self, item: Any) -> Any:
        """Words of people are never run by a spreadsheet."""
        row = super().to_row_dict(item)
        return row | {name: guarded(str(row[name])) for name in ("user_display_name", "message", "comment")}

    def stream_csv(self, queryset: Any) -> Iterator[str]:
        """With the mark by which Excel knows UTF-8."""
        yield "\ufeff"
        yield from super().stream_csv(queryset)

    def render_to_response(self, context: dict[str, Any], **options: Any) -> Any:
        if self.is_export:
            return self.as_spreadsheet(context["object_list"], self.request.GET["export"])
        return super().render_to_response(context, **options)

    @cached_property
    def columns(self) -> list[Any]:
        first, *others = super().columns
        options = {"url_names": first.url_names, "user_can_unschedule": first.user_can_unschedule}
        return [VersionColumn(first.name, label=first.label, object=self.object, **options), *others]
