"""The screen of tourist places: what every kind has first, then what one kind has."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface

from heritage.catalog.moderation.admin.inspecting import FilledInspectView
from heritage.catalog.moderation.admin.viewset import VersionedViewSet
from heritage.core.panels import both_languages
from heritage.maps.admin.ending import PlaceEditView, RestoreView, SplitPlaceView, UniteView, WithdrawView
from heritage.maps.admin.tasks import PlaceFilterSet
from heritage.maps.admin.widgets import OpeningHoursInput
from heritage.maps.models import Place

GENERAL = [
    FieldRowPanel([FieldPanel("kind"), FieldPanel("category")]),
    FieldPanel("number"),
    both_languages("name"),
    both_languages("description"),
    FieldPanel("cover"),
    InlinePanel("images", label=_("Further photographs")),
]
WHERE = [
    FieldPanel("unit"),
    FieldPanel("address"),
    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude"), FieldPanel("coord_accuracy_m")]),
    FieldPanel("coord_confirmed"),
]
VISIT = [
    FieldPanel("opening_hours", widget=OpeningHoursInput),
    InlinePanel("hours_exceptions", label=_("Exceptions: holidays and Tết")),
    both_languages("season_note"),
    both_languages("holiday_note"),
    FieldRowPanel([FieldPanel("phone"), FieldPanel("zalo"), FieldPanel("email"), FieldPanel("website")]),
    FieldRowPanel([FieldPanel("price_band"), FieldPanel("price_from"), FieldPanel("price_to")]),
    InlinePanel("ticket_prices", label=_("Ticket prices")),
    FieldPanel("wheelchair"),
    both_languages("accessibility"),
    both_languages("services"),
    FieldRowPanel([FieldPanel("languages_spoken"), FieldPanel("payment")]),
]
BY_KIND = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("licence_number"), FieldPanel("rooms")]),
            FieldRowPanel([FieldPanel("stars"), FieldPanel("stars_verified_by"), FieldPanel("stars_verified_on")]),
        ],
        heading=_("Lodging"),
    ),
    MultiFieldPanel(
        [
            both_languages("dishes"),
            FieldRowPanel([FieldPanel("vegetarian"), FieldPanel("halal")]),
        ],
        heading=_("Food and drink"),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("products_vi"), FieldPanel("products_en"), FieldPanel("ocop_grade")])],
        heading=_("Shopping"),
    ),
]
SOURCE = [
    FieldRowPanel([FieldPanel("source"), FieldPanel("source_key"), FieldPanel("source_licence")]),
    FieldRowPanel([FieldPanel("verified_on"), FieldPanel("verified_by")]),
    FieldPanel("is_sample"),
]
LINKS = [
    InlinePanel(
        "nearby_links",
        [
            FieldPanel("record"),
            FieldPanel("decision"),
            both_languages("reason"),
        ],
        label=_("Links to heritage"),
    ),
]


class PlaceViewSet(VersionedViewSet):
    """Tourist places in the admin."""

    model = Place
    edit_view_class = PlaceEditView
    icon = "site"
    menu_label = _("Tourist places")
    menu_order = 220
    add_to_admin_menu = True
    inspect_view_class = FilledInspectView
    inspect_view_fields = ["number"]
    list_display = ["number", "name_vi", "kind", "unit", "verified_on", "live"]
    filterset_class = PlaceFilterSet
    search_fields = ["number", "name_vi", "name_en", "folded"]
    list_per_page = 50
    edit_handler = TabbedInterface(
        [
            ObjectList(GENERAL, heading=_("General")),
            ObjectList(WHERE, heading=_("Where")),
            ObjectList(VISIT, heading=_("For the visit")),
            ObjectList(BY_KIND, heading=_("By kind")),
            ObjectList(LINKS, heading=_("Heritage nearby")),
            ObjectList(SOURCE, heading=_("Source and check")),
        ]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("withdraw/<int:pk>/", self.construct_view(WithdrawView), name="withdraw"),
            path("unite/<int:pk>/", self.construct_view(UniteView), name="unite"),
            path("split/<int:pk>/", self.construct_view(SplitPlaceView), name="split"),
            path("restore/<int:pk>/", self.construct_view(RestoreView), name="restore"),
        ]
