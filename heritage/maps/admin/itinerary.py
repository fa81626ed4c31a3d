"""The screen of itineraries."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface

from heritage.catalog.moderation.admin.inspecting import FilledInspectView
from heritage.catalog.moderation.admin.viewset import VersionedViewSet
from heritage.core.panels import both_languages
from heritage.maps.models import Itinerary

GENERAL = [
    both_languages("title"),
    FieldPanel("slug"),
    both_languages("summary"),
    FieldPanel("cover"),
    FieldPanel("unit"),
    FieldRowPanel([FieldPanel("by"), FieldPanel("leave")]),
    FieldPanel("is_sample"),
]
STOPS = [
    InlinePanel(
        "stops",
        [
            FieldRowPanel([FieldPanel("day"), FieldPanel("stay_minutes")]),
            FieldPanel("record"),
            FieldPanel("place"),
            both_languages("note"),
        ],
        label=_("Stop"),
        max_num=60,
    ),
]


class ItineraryViewSet(VersionedViewSet):
    """Itineraries in the admin."""

    model = Itinerary
    icon = "list-ol"
    menu_label = _("Itineraries")
    menu_order = 222
    add_to_admin_menu = True
    inspect_view_class = FilledInspectView
    inspect_view_fields = ["title_vi"]
    list_display = ["title_vi", "unit", "by", "live"]
    list_filter = ["by", "live", "is_sample"]
    search_fields = ["title_vi", "title_en", "slug"]
    edit_handler = TabbedInterface([ObjectList(GENERAL, heading=_("General")), ObjectList(STOPS, heading=_("Stops"))])
