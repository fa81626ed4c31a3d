"""The history, from which each version is opened at its own address."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.history import ActionColumn
from wagtail.snippets.views.snippets import HistoryView

from heritage.catalog.moderation.admin.addresses import address_of


class VersionColumn(ActionColumn):
    def get_actions(self, instance: Any, parent_context: Any) -> list[dict[str, str]]:
        actions: list[dict[str, str]] = super().get_actions(instance, parent_context)
        if instance.revision_id:
            address = address_of(self.object, "version", instance.revision_id)
            actions.insert(0, {"url": address, "label": _("Open this version")})
        return actions


class VersionedHistoryView(HistoryView):
    @cached_property
    def columns(self) -> list[Any]:
        first, *others = super().columns
        options = {"url_names": first.url_names, "user_can_unschedule": first.user_can_unschedule}
        return [VersionColumn(first.name, label=first.label, object=self.object, **options), *others]
