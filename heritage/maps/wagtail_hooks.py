"""What maps adds to Wagtail's admin."""

from typing import Any

from django.urls import path, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from heritage.catalog.moderation.admin.hooks import WithOther
from heritage.core.screens import GuardedItem
from heritage.maps import deciding, splitting
from heritage.maps.admin import importing, visits
from heritage.maps.admin.itinerary import ItineraryViewSet
from heritage.maps.admin.place import PlaceViewSet
from heritage.maps.admin.suggestion import SuggestionViewSet
from heritage.maps.admin.thematic import ThematicMapViewSet

register_snippet(PlaceViewSet)
register_snippet(ItineraryViewSet)
register_snippet(ThematicMapViewSet)
register_snippet(SuggestionViewSet)
register_snippet(visits.VisitCountViewSet)
hooks.register("register_admin_menu_item", visits.visits_item)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action(splitting.ACTION)
    class Split(WithOther):
        label = _("Split a place")
        words = _("Split: %(other)s")

    @actions.register_action(deciding.ACTION)
    class Accepted(LogFormatter):
        label = _("Accept a suggestion")

        def format_message(self, log_entry: Any) -> str:
            number = log_entry.data.get("suggestion", "")
            return gettext("Suggestion no. %(number)s of a visitor or the owner was accepted") % {"number": number}


@hooks.register("register_admin_menu_item")
def import_item() -> MenuItem:
    label, address = _("Import places"), reverse_lazy("place_imports")
    return GuardedItem(label, address, icon_name="upload", order=221, may=importing.places.may)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("visitors/import/", visits.VisitsView.as_view(), name="visit_counts_import"),
        path("places/imports/", importing.imports, name="place_imports"),
        path("places/imports/<int:pk>/", importing.one_import, name="place_import"),
        path("places/imports/<int:pk>/report.csv", importing.report, name="place_import_report"),
    ]
