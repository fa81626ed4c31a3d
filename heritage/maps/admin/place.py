"""The screen of tourist places: what every kind has first, then what one kind has."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface

from heritage.accounts.viewsets import ScopedViewSet
from heritage.maps.admin.tasks import PlaceFilterSet
from heritage.maps.admin.widgets import OpeningHoursInput
from heritage.maps.models import Place

GENERAL = [
    FieldRowPanel([FieldPanel("kind"), FieldPanel("category"), FieldPanel("number")]),
    FieldRowPanel([FieldPanel("name_vi"), FieldPanel("name_en")]),
    FieldPanel("description_vi"),
    FieldPanel("description_en"),
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
    FieldRowPanel([FieldPanel("season_note_vi"), FieldPanel("season_note_en")]),
    FieldRowPanel([FieldPanel("holiday_note_vi"), FieldPanel("holiday_note_en")]),
    FieldRowPanel([FieldPanel("phone"), FieldPanel("zalo"), FieldPanel("email"), FieldPanel("website")]),
    FieldRowPanel([FieldPanel("price_band"), FieldPanel("price_from"), FieldPanel("price_to")]),
    InlinePanel("ticket_prices", label=_("Ticket prices")),
    FieldPanel("wheelchair"),
    FieldRowPanel([FieldPanel("accessibility_vi"), FieldPanel("accessibility_en")]),
    FieldRowPanel([FieldPanel("services_vi"), FieldPanel("services_en")]),
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
            FieldRowPanel([FieldPanel("dishes_vi"), FieldPanel("dishes_en")]),
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
            FieldRowPanel([FieldPanel("reason_vi"), FieldPanel("reason_en")]),
        ],
        label=_("Links to heritage"),
    ),
]


class PlaceViewSet(ScopedViewSet):
    """Tourist places in the admin."""

    model = Place
    icon = "site"
    menu_label = _("Tourist places")
    menu_order = 220
    add_to_admin_menu = True
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
