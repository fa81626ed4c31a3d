"""Trips: read from any query, weighed, put in order, shared and taken along as files."""

import datetime as dt
import itertools
import json
import re

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from heritage.catalog.models import LunarRule
from heritage.core.identifiers import validate_number
from heritage.maps import pyramid
from heritage.maps.folium_elements.archipelagos import LABELS
from heritage.maps.models import Itinerary, ItineraryStop
from heritage.maps.templatetags.maps import duration
from heritage.maps.trips import BadTrip, ordering, parse, plan
from heritage.maps.trips.legs import straight
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db
NASTY = "</script><img src=x onerror=alert(1)> {{ 7*7 }} `x`"


@pytest.fixture
def three():
    places = [
        PlaceFactory(name_vi="Quán Sáng (mẫu)", kind="food", latitude=21.60, opening_hours="Mo-Su 06:00-08:30"),
        PlaceFactory(name_vi="Nhà Nghỉ (mẫu)", latitude=21.70, opening_hours="always-ish"),
        PlaceFactory(name_vi=NASTY, kind="shopping", latitude=21.61, opening_hours="Mo-Su 14:00-17:00"),
    ]
    pyramid.rebuild()
    return places


def query(places, **more):
    return {"stops": ",".join(place.number for place in places), **more}


def test_a_trip_comes_back_from_its_own_address():
    params = {"stops": "TN01,DD-000002;DD-000003", "start": "2026-11-25", "by": "car", "stay": "45", "title": "A & B"}
    trip = parse(params)
    from django.http import QueryDict

    assert parse(QueryDict(trip.query())) == trip


@given(st.dictionaries(st.sampled_from(["stops", "start", "leave", "by", "stay", "title"]), st.text(max_size=60)))
@settings(max_examples=50)
def test_any_query_is_a_trip_or_a_named_error(params):
    try:
        trip = parse(params)
    except BadTrip as error:
        faulty = {error.field: str(error)}
    else:
        faulty = {}
        for number in trip.numbers:
            validate_number(number)
    assert faulty.keys() <= params.keys()
    assert all(faulty.values())


def test_five_hundred_stops_are_refused_with_the_remedy(client):
    stops = ",".join(f"DD-{number:06d}" for number in range(500))
    answer = client.get("/en/itineraries/my-trip/", {"stops": stops})
    assert answer.status_code == 400
    assert "at most 60 stops" in answer.content.decode()


@pytest.mark.parametrize(
    "params",
    [{"start": "tomorrow"}, {"stops": "<b>"}, {"by": "broom"}, {"stay": "-1"}, {"leave": "99:99"}, {"stops": ";" * 40}],
)
def test_what_is_no_trip_says_which_part(client, params):
    answer = client.get("/vi/hanh-trinh/cua-toi/", params)
    assert answer.status_code == 400
    assert "notice--error" in answer.content.decode()


def test_the_plan_says_times_distances_and_that_they_are_estimates(client, three, django_assert_max_num_queries):
    params = query(three, start="2026-11-25")
    client.get("/en/itineraries/my-trip/", params)
    with django_assert_max_num_queries(8):
        html = client.get("/en/itineraries/my-trip/", params).content.decode()
    assert "estimate from the straight line" in html
    assert "Closes at 08:30, before you leave at 09:00." in html
    assert "always-ish" in html
    assert "<img src=x" not in html
    spec = json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL)[1])
    assert [part["labels"] for part in spec["parts"] if part["kind"] == "archipelagos"] == [LABELS]


def test_a_number_that_is_gone_is_named_and_the_rest_stays(client, three):
    html = client.get("/en/itineraries/my-trip/", {"stops": f"{three[0].number},DD-999999"}).content.decode()
    assert "DD-999999" in html
    assert "Quán Sáng" in html or "Guest house" in html


def test_the_festival_of_the_day_is_told_and_another_day_warned_of():
    record = RecordFactory(kind="ich", name_vi="Hội Mẫu", latitude=21.6, longitude=105.85)
    LunarRule.objects.create(record=record, calendar="lunar", month=3, day=10)
    pyramid.rebuild()
    on_day = plan(parse({"stops": record.number, "start": "2026-04-26"})).stops[0]
    assert on_day.good_news
    assert not on_day.warnings
    other = plan(parse({"stops": record.number, "start": "2026-04-27"})).stops[0]
    assert "16/04/2027" in other.warnings[0]


@given(st.lists(st.tuples(st.floats(8.5, 23), st.floats(102.5, 109)), min_size=3, max_size=7))
@settings(max_examples=25, deadline=None)
def test_the_best_order_is_the_shortest_there_is(points):
    metres = [[straight(a, b) for b in points] for a in points]
    found = ordering.length(metres, ordering.best_order(points))
    rest = itertools.permutations(range(1, len(points)))
    assert found == pytest.approx(min(ordering.length(metres, [0, *order]) for order in rest), abs=0.01)


def test_twenty_stops_are_put_in_order_and_more_are_refused():
    line = [(21.0, 105.0 + step * 0.01) for step in range(20)]
    mixed = [line[0], *line[10:], *line[1:10]]
    order = ordering.best_order(mixed)
    assert [mixed[i] for i in order] == line
    with pytest.raises(ValueError, match="at most 20"):
        ordering.best_order([*line, (22.0, 105.0)])


def test_the_order_becomes_an_address(client, three):
    answer = client.get("/vi/hanh-trinh/cua-toi/", query(three, order="1"))
    numbers = [three[0].number, three[2].number, three[1].number]
    assert f"stops={','.join(numbers)}" in answer["Location"]
    assert client.get("/vi/hanh-trinh/cua-toi/", query(three, order="9")).status_code == 404


@pytest.mark.parametrize("kind", ["gpx", "kml"])
def test_files_are_well_formed_and_name_both_archipelagos(client, three, kind):
    answer = client.get(f"/vi/hanh-trinh/cua-toi/tep.{kind}", query(three))
    tree = etree.fromstring(answer.content)
    text = " ".join(tree.itertext())
    assert all(label["text"] in text for label in LABELS)
    assert "onerror" in text
    assert not tree.xpath("//*[local-name()='img']")


def test_a_calendar_has_an_event_for_each_stop_and_needs_a_day(client, three):
    assert client.get("/vi/hanh-trinh/cua-toi/tep.ics", query(three)).status_code == 400
    text = client.get("/vi/hanh-trinh/cua-toi/tep.ics", query(three, start="2026-11-25")).content.decode()
    assert text.count("BEGIN:VEVENT") == 3
    assert "DTSTART:20261125T010000Z" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_the_code_is_a_picture(client, three):
    answer = client.get("/vi/hanh-trinh/cua-toi/ma.svg", query(three))
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content


def test_an_itinerary_of_the_staff_leaves_drafts_out(client, three):
    itinerary = Itinerary.objects.create(slug="mot-ngay", title_vi="Một ngày (mẫu)", by="car", leave="08:00")
    draft = PlaceFactory(name_vi="Chưa công bố (mẫu)", live=False)
    for place in (three[0], draft):
        ItineraryStop.objects.create(itinerary=itinerary, place=place, note_vi="Ăn sáng")
    html = client.get("/vi/hanh-trinh/mot-ngay/?start=2026-11-25").content.decode()
    assert "Ăn sáng" in html
    assert draft.number not in html
    assert itinerary.get_absolute_url() in client.get("/vi/hanh-trinh/").content.decode()
    itinerary.live = False
    itinerary.save()
    assert client.get("/vi/hanh-trinh/mot-ngay/").status_code == 404


def test_a_trip_may_start_any_day_of_the_year():
    assert parse({"start": "2028-02-29"}).start == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (0.4, "1 min"), (59.4, "59 min"), (120, "2 h"), (785.2, "13 h 5 min")]
)
def test_a_long_way_is_said_in_hours(minutes, words):
    with translation.override("en"):
        assert duration(minutes) == words


def test_on_the_map_each_stop_of_several_days_has_the_number_of_its_day(client, three):
    def numbered(params):
        html = client.get("/en/itineraries/my-trip/", params).content.decode()
        spec = json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL)[1])
        return [
            [stop["order"] for stop in day] for part in spec["parts"] if part["kind"] == "route" for day in part["days"]
        ]

    numbers = [place.number for place in three]
    assert numbered({"stops": ",".join(numbers)}) == [[1, 2, 3]]
    assert numbered({"stops": f"{numbers[0]},{numbers[1]};{numbers[2]}"}) == [["1.1", "1.2"], ["2.1"]]
