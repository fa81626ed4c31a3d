"""The words of tourist places: kinds, categories, bands; what practice may add is a row here."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlaceKind(models.TextChoices):
    LODGING = "lodging", _("lodging")
    FOOD = "food", _("food and drink")
    SHOPPING = "shopping", _("shopping")
    ATTRACTION = "attraction", _("attraction or tourist area")
    ENTERTAINMENT = "entertainment", _("entertainment")
    SERVICE = "service", _("service")


class Category(models.TextChoices):
    HOTEL = "hotel", _("hotel")
    GUEST_HOUSE = "guest_house", _("guest house")
    HOMESTAY = "homestay", _("homestay")
    CAMPSITE = "campsite", _("campsite")
    RESTAURANT = "restaurant", _("restaurant")
    CAFE = "cafe", _("café")
    STREET_FOOD = "street_food", _("street food")
    MARKET = "market", _("market")
    CRAFT_SHOP = "craft_shop", _("craft shop")
    SPECIALITY_SHOP = "speciality_shop", _("local specialities")
    SUPERMARKET = "supermarket", _("supermarket")
    TOURIST_AREA = "tourist_area", _("tourist area")
    MUSEUM = "museum", _("museum")
    VIEWPOINT = "viewpoint", _("viewpoint")
    PARK = "park", _("park")
    THEATRE = "theatre", _("theatre")
    CINEMA = "cinema", _("cinema")
    NIGHT_MARKET = "night_market", _("night market")
    SPORT = "sport", _("sport and play")
    BANK = "bank", _("bank or cash machine")
    PHARMACY = "pharmacy", _("pharmacy")
    HOSPITAL = "hospital", _("hospital or clinic")
    STATION = "station", _("station or bus stop")
    INFORMATION = "information", _("visitor information")
    FUEL = "fuel", _("fuel station")
    PARKING = "parking", _("parking")
    TOILETS = "toilets", _("toilets")


CATEGORIES = {
    PlaceKind.LODGING: [Category.HOTEL, Category.GUEST_HOUSE, Category.HOMESTAY, Category.CAMPSITE],
    PlaceKind.FOOD: [Category.RESTAURANT, Category.CAFE, Category.STREET_FOOD],
    PlaceKind.SHOPPING: [Category.MARKET, Category.CRAFT_SHOP, Category.SPECIALITY_SHOP, Category.SUPERMARKET],
    PlaceKind.ATTRACTION: [Category.TOURIST_AREA, Category.MUSEUM, Category.VIEWPOINT, Category.PARK],
    PlaceKind.ENTERTAINMENT: [Category.THEATRE, Category.CINEMA, Category.NIGHT_MARKET, Category.SPORT],
    PlaceKind.SERVICE: [
        Category.BANK,
        Category.PHARMACY,
        Category.HOSPITAL,
        Category.STATION,
        Category.INFORMATION,
        Category.FUEL,
        Category.PARKING,
        Category.TOILETS,
    ],
}
"""Which categories a kind has; a category says its kind."""

KIND_OF = {category: kind for kind, categories in CATEGORIES.items() for category in categories}


class PriceBand(models.TextChoices):
    BUDGET = "budget", _("budget")
    MODERATE = "moderate", _("moderate")
    UPPER = "upper", _("upper")


class Answer(models.TextChoices):
    """What is known of a service that a visitor may depend on; "" = nobody has said."""

    YES = "yes", _("yes")
    LIMITED = "limited", _("in part")
    NO = "no", _("no")


class HoursState(models.TextChoices):
    """Whether the opening hours can be computed with, or are only shown as they were typed."""

    NONE = "none", _("not given")
    READ = "read", _("understood")
    TEXT = "text", _("kept as text")


class VisitorGroup(models.TextChoices):
    ADULT = "adult", _("adult")
    CHILD = "child", _("child")
    STUDENT = "student", _("student")
    SENIOR = "senior", _("senior")
    DISABLED = "disabled", _("person with a disability")
    GROUP = "group", pgettext_lazy("of visitors", "group")
