"""What each kind of place alone has is asked of staff and told to visitors, in both languages, and no more of it."""

import datetime as dt

import pytest
from django.utils import translation

from heritage.core.models import ArchiveImage
from heritage.maps import hours
from heritage.maps.models import HoursException, Place, PlaceImage, TicketPrice
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db
COMMON = {
    "wheelchair": "limited",
    "accessibility_vi": "Có dốc thoải",
    "accessibility_en": "A gentle ramp",
    "languages_spoken": "vi, en",
    "payment": "Tiền mặt, QR",
    "season_note_vi": "Nghỉ mùa lũ",
    "season_note_en": "Closed in the flood season",
    "phone": "0208 000 000",
    "zalo": "0900 000 000",
    "email": "a@example.org",
    "website": "https://example.org/",
    "source": "Sở mẫu",
    "verified_on": dt.date(2026, 11, 1),
    "verified_by": "Cán bộ mẫu",
}
OWN = [
    ("lodging", {"licence_number": "GP-01", "stars": 3, "stars_verified_by": "Sở mẫu", "rooms": 12,
                 "stars_verified_on": dt.date(2026, 1, 2), "price_band": "moderate"}, ["GP-01", "3 (", "12"], ["3 ("]),
    ("food", {"dishes_vi": "Cơm lam", "dishes_en": "Bamboo rice", "vegetarian": "yes", "halal": "no",
              "price_band": "budget"}, ["Cơm lam"], ["Bamboo rice", "Vegetarian", "Halal"]),
    ("shopping", {"products_vi": "Chè búp", "products_en": "Bud tea", "ocop_grade": 4}, ["Chè búp", "4 sao"],
     ["Bud tea", "4 stars"]),
    ("attraction", {"opening_hours": "Mo-Su 07:00-17:00", "category": "tourist_area"}, ["07:00–17:00"],
     ["every day"]),
    ("entertainment", {"services_vi": "Thuê thuyền", "services_en": "Boats for hire"}, ["Thuê thuyền"],
     ["Boats for hire"]),
    ("service", {"category": "pharmacy", "services_vi": "Sơ cứu", "services_en": "First aid"}, ["Sơ cứu"],
     ["First aid"]),
]  # fmt: skip


def page(client, place, language):
    with translation.override(language):
        return client.get(place.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("kind", "own", "told_vi", "told_en"), OWN)
def test_what_a_kind_has_stands_on_its_page_in_both_languages(client, kind, own, told_vi, told_en):
    place = PlaceFactory(kind=kind, **{**COMMON, **own})
    place.full_clean()
    vi, en = page(client, place, "vi"), page(client, place, "en")
    for html, words in (
        (vi, [*told_vi, "Có dốc thoải", "Nghỉ mùa lũ", "Tiền mặt, QR", "zalo.me", "Cán bộ mẫu"]),
        (en, [*told_en, "A gentle ramp", "Closed in the flood season", "Checked on 1/11/2026"]),
    ):
        assert [word for word in words if word.lower() not in html.lower()] == []
    assert "OCOP" not in vi or kind == "shopping"


def test_tickets_are_those_of_today_by_group_and_photographs_have_their_credit(client):
    today = dt.date.today()
    place = PlaceFactory(kind="attraction")
    for group, price, first, last in (
        ("adult", 30_000, None, today - dt.timedelta(days=1)),
        ("adult", 40_000, today, None),
        ("child", 0, None, None),
    ):
        TicketPrice.objects.create(place=place, group=group, price=price, valid_from=first, valid_to=last)
    photograph = ArchiveImage.objects.create(
        title="Cổng vào", file="original_images/x.png", width=9, height=9, credit="Ảnh: Người Chụp Mẫu"
    )
    PlaceImage.objects.create(place=place, image=photograph)
    html = page(client, place, "en")
    assert "40,000" in html
    assert "30,000" not in html
    assert "free" in html
    assert "Người Chụp Mẫu" in html


def test_a_season_closes_a_place_in_every_year():
    place = PlaceFactory(opening_hours="Mo-Su 08:00-17:00")
    season = HoursException(place=place, occasion="year", first=dt.date(2026, 11, 15), last=dt.date(2027, 1, 31))
    season.full_clean(exclude=["place"])
    season.save()
    expression = hours.read(Place.objects.get().hours_in_force)
    for day, is_open in ((dt.date(2026, 11, 14), True), (dt.date(2026, 12, 24), False), (dt.date(2029, 1, 31), False),
                         (dt.date(2029, 2, 1), True)):  # fmt: skip
        assert expression.is_open(dt.datetime.combine(day, dt.time(9))) is is_open
