"""Place and notes follow the reader: edits on two devices merge, none is lost, whatever their clocks show."""

import json
import time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from heritage.library.models import Mark
from heritage.library.services.reading import sync
from tests.factories.library import EditionFactory, ReaderCardFactory

pytestmark = pytest.mark.django_db


class Device:
    """A device with its own clock, `ahead` milliseconds off."""

    knows_versions = True

    def __init__(self, user, edition, ahead=0):
        self.user, self.edition, self.ahead = user, edition, ahead
        self.state = {"place": None, "items": {}}

    def clock(self, later=0):
        return int(time.time() * 1000) + self.ahead + later

    def highlight(self, cfi, note, later=0):
        key = f"highlight:{cfi}"
        item = {"kind": "highlight", "cfi": cfi, "note": note, "text": "chữ", "at": self.clock(later)}
        self.state["items"][key] = {**item, **self.start(key)}

    def remove(self, cfi, later=0):
        key = f"highlight:{cfi}"
        gone = {"kind": "highlight", "cfi": cfi, "removed": True, "at": self.clock(later)}
        self.state["items"][key] = {**gone, **self.start(key)}

    def start(self, key):
        known = self.state["items"].get(key, {})
        return {name: known.get(name, 0) for name in (("seen", "version") if self.knows_versions else ("seen",))}

    def sync(self):
        merged = sync(self.user, self.edition, {"now": self.clock(), **self.state})
        for key, item in merged["items"].items():
            own = self.state["items"].get(key)
            if own is None or item["at"] >= own["at"] - 50:
                self.state["items"][key] = item
        place, own = merged["place"], self.state["place"]
        if place and place["at"] > (own or {"at": 0})["at"] - 50:
            self.state["place"] = place
        return merged


@pytest.fixture
def two():
    user, edition = ReaderCardFactory().user, EditionFactory()
    return Device(user, edition), Device(user, edition, ahead=3_600_000)


def test_the_second_device_has_the_place_and_the_note(two):
    one, other = two
    one.state["place"] = {"cfi": "epubcfi(/6/4)", "fraction": 0.4, "at": one.clock()}
    one.highlight("a", "Ghi chú")
    one.sync()
    other.sync()
    assert other.state["place"]["cfi"] == "epubcfi(/6/4)"
    assert other.state["items"]["highlight:a"]["note"] == "Ghi chú"


@pytest.mark.parametrize("knows_versions", [True, False])
def test_notes_written_offline_on_both_devices_both_stay(two, knows_versions):
    one, other = two
    one.knows_versions = other.knows_versions = knows_versions
    one.highlight("a", "", later=-60_000)
    one.sync()
    other.sync()
    one.highlight("a", "từ máy một", later=-20_000)
    other.highlight("a", "từ máy hai", later=-10_000)
    one.sync()
    other.sync()
    one.sync()
    for device in two:
        note = device.state["items"]["highlight:a"]["note"]
        assert "từ máy một" in note
        assert "từ máy hai" in note


def test_notes_written_in_the_same_second_both_stay_and_one_sent_twice_is_one(two):
    one, other = two
    one.highlight("a", "")
    one.sync()
    other.sync()
    one.highlight("a", "từ máy một")
    other.highlight("a", "từ máy hai")
    sent = json.loads(json.dumps(other.state))
    for device in (one, other, one):
        device.sync()
    other.state = sent  # its answer got lost, so it sends the same again
    other.sync()
    note = Mark.objects.get().note
    assert sorted(note.split("\n\n— — —\n\n")) == ["từ máy hai", "từ máy một"]


def test_a_clock_an_hour_ahead_does_not_win_for_ever(two):
    one, ahead = two
    ahead.state["place"] = {"cfi": "old", "fraction": 0.1, "at": ahead.clock(-30_000)}
    ahead.sync()
    one.state["place"] = {"cfi": "new", "fraction": 0.2, "at": one.clock()}
    one.sync()
    ahead.sync()
    assert ahead.state["place"]["cfi"] == "new"


def test_what_was_removed_does_not_come_back(two):
    one, other = two
    one.highlight("a", "x", later=-60_000)
    one.sync()
    other.sync()
    other.remove("a")
    other.sync()
    one.sync()
    assert one.state["items"]["highlight:a"]["removed"]


@pytest.mark.parametrize("remover_first", [True, False])
def test_a_note_written_offline_outlives_its_removal_on_another_device(two, remover_first):
    one, other = two
    one.highlight("a", "x", later=-60_000)
    one.sync()
    other.sync()
    one.highlight("a", "viết thêm", later=-20_000)
    other.remove("a", later=-10_000)
    for device in [other, one] if remover_first else [one, other]:
        device.sync()
    for device in two:
        device.sync()
        assert device.state["items"]["highlight:a"].get("note") == "viết thêm"


def test_a_copy_that_was_only_left_behind_brings_no_old_note_back(two):
    one, other = two
    one.highlight("a", "bản cũ", later=-60_000)
    one.sync()
    other.sync()
    one.highlight("a", "viết lại", later=-10_000)
    one.sync()
    other.sync()
    one.sync()
    assert {device.state["items"]["highlight:a"]["note"] for device in two} == {"viết lại"}


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = st.recursive(LEAVES, st.lists, max_leaves=5)
ITEMS = st.dictionaries(st.text(max_size=3), VALUES, max_size=3)


class AnyCopy(TestCase):
    @given(st.fixed_dictionaries({"now": VALUES, "place": VALUES, "items": ITEMS}))
    def test_a_malformed_copy_is_refused_or_taken_but_never_breaks(self, copy):
        user, edition = ReaderCardFactory().user, EditionFactory()
        try:
            sync(user, edition, copy)
        except ValidationError:
            assert not Mark.objects.filter(reading__user=user).exists()


def test_over_http(client):
    card, edition = ReaderCardFactory(), EditionFactory()
    address = reverse("reading", args=[edition.pk])
    assert client.post(address, "{}", content_type="application/json").status_code == 401
    client.force_login(card.user)
    device = Device(card.user, edition)
    device.highlight("epubcfi(/6/2!/4)", "Nhớ")
    body = json.dumps({"now": device.clock(), **device.state})
    assert client.post(address, body, content_type="application/json").status_code == 200
    assert "Nhớ" in client.get(address, {"format": "markdown"}).content.decode()
    annotations = client.get(address, {"format": "annotations"}).json()
    assert annotations["first"]["items"][0]["target"]["selector"][0]["value"] == "epubcfi(/6/2!/4)"
    type(edition).objects.filter(pk=edition.pk).update(format="pdf")
    annotations = client.get(address, {"format": "annotations"}).json()
    assert annotations["first"]["items"][0]["target"]["selector"][0]["value"] == "page=1"
    for bad in ("[]", "{", '{"now": "x"}', '{"now": 1, "items": {"a": 1}}', "[" * 5000):
        assert client.post(address, bad, content_type="application/json").status_code == 400, bad[:20]
    client.force_login(ReaderCardFactory().user)
    assert client.get(address).json() == {"place": None, "items": {}}


def test_notes_of_all_titles_are_one_list_for_their_reader_alone(client, django_assert_max_num_queries):
    card, address = ReaderCardFactory(), reverse("my_notes")
    assert client.get(address).status_code == 302
    now = int(time.time() * 1000)
    for cfi in ("epubcfi(/6/4!/2)", "t=75.5"):
        mark = {"kind": "bookmark", "cfi": cfi, "at": now, "chapter": "Chương hai", "note": f"Ghi ở {cfi}"}
        edition = EditionFactory(kind="audiobook" if cfi.startswith("t=") else "ebook")
        sync(card.user, edition, {"now": now, "place": None, "items": {"x": mark}})
    client.force_login(card.user)
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert page.count("Ghi ở") == 2
    assert "Chương hai 1:15" in client.get(address, {"format": "markdown"}).content.decode()
    assert len(client.get(address, {"format": "json"}).json()["titles"]) == 2
    client.force_login(ReaderCardFactory().user)
    assert "Ghi ở" not in client.get(address).content.decode()
