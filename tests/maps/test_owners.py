"""An owner claims a place, staff decide in the admin, the owner hears of it and keeps the entry by his own address."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from heritage.accounts.models import User
from heritage.accounts.roles import Role
from heritage.catalog.moderation import tasks
from heritage.maps.models import Place, Suggestion
from tests.factories.accounts import UserFactory
from tests.factories.maps import PlaceFactory
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
SCREEN = "wagtailsnippets_maps_suggestion"


@pytest.fixture
def officer():
    own = Client()
    own.force_login(User.objects.create_superuser("quan-tri", "a@example.org", "mat-khau-dai"))
    return own


@pytest.fixture
def decide(officer, django_capture_on_commit_callbacks):
    def decided(suggestion, state, answer=""):
        url = reverse(f"{SCREEN}:edit", args=[suggestion.pk])
        with django_capture_on_commit_callbacks(execute=True):
            reply = officer.post(url, {"state": state, "answer": answer, "unit": ""})
        suggestion.refresh_from_db()
        return reply

    return decided


def test_an_accepted_owner_keeps_the_entry_until_it_is_ended(client, decide, officer):
    place = PlaceFactory(name_en="House of Samples", phone="0000 000 001")
    url = reverse("correct_place", args=[place.number])
    assert 'name="is_owner" id="id_is_owner" checked' in client.get(f"{url}?mine").content.decode()
    client.post("/en" + url.removeprefix("/vi").replace("dia-diem", "places").replace("gop-y", "correct"),
                {"is_owner": "on", "sender_name": "Bà Mẫu", "sender_contact": "Bà Mẫu <chu@example.org>"})  # fmt: skip
    claim = Suggestion.objects.get()
    assert decide(claim, "accepted").status_code == 302
    letter = mail.outbox.pop()
    assert letter.to == ["chu@example.org"]
    assert "keep the entry of House of Samples" in letter.body
    assert "Its owner has helped" in client.get(f"/en/places/{place.number}/").content.decode()
    own = re.search(r"/en/places/\S+\?owner=\S+", letter.body)[0]
    assert own in officer.get(reverse(f"{SCREEN}:edit", args=[claim.pk])).content.decode()
    assert "You keep this entry" in client.get(own).content.decode()
    client.post(own, {"name_vi": place.name_vi, "phone": "0000 000 002", "sender_contact": "chu@example.org"})
    change = Suggestion.objects.exclude(pk=claim.pk).get()
    assert (change.claim, change.kind, change.is_from_owner) == (claim, "correction", True)
    screen = officer.get(reverse(f"{SCREEN}:edit", args=[change.pk])).content.decode()
    assert all(phone in screen for phone in ("0000 000 001", "0000 000 002"))
    decide(change, "accepted")
    assert Place.objects.get().phone == "0000 000 002"
    assert change.decided_by.username == "quan-tri"
    history = officer.get(reverse("wagtailsnippets_maps_place:history", args=[place.pk])).content.decode()
    assert re.search(rf"(no\.|số) {change.pk} ", history)
    assert place.number in mail.outbox.pop().body
    decide(claim, "ended", "Đã đổi chủ.")
    assert "Đã đổi chủ." in mail.outbox.pop().body
    assert "no longer holds" in client.get(own).content.decode()
    assert "Its owner has helped" not in client.get(f"/en/places/{place.number}/").content.decode()


def test_what_was_sent_waits_among_the_tasks_of_who_decides_on_it(client):
    mine, other = (UnitFactory(province=ProvinceFactory(code=code)) for code in ("19", "52"))
    told = [Suggestion.objects.create(kind="correction", place=PlaceFactory(unit=unit)) for unit in (mine, other)]
    Suggestion.objects.create(kind="correction", place=told[0].place, state="refused", answer="x")
    officer = UserFactory(role=Role.TOURISM_OFFICER, unit=mine.province)
    assert [(task.kind, task.instance) for task in tasks.of(officer)] == [(tasks.SENT, told[0])]
    assert tasks.of(UserFactory(role=Role.VIEWER, unit=mine.province)) == []
    client.force_login(officer)
    page = client.get("/admin/tasks/").content.decode()
    assert reverse(f"{SCREEN}:edit", args=[told[0].pk]) in page
    assert reverse(f"{SCREEN}:edit", args=[told[1].pk]) not in page


@pytest.mark.parametrize(
    ("kept", "state", "answer", "wrong"),
    [("new", "refused", "", "answer"), ("new", "ended", "x", "state"), ("accepted", "refused", "x", "state"),
     ("accepted", "new", "", "state")],
)  # fmt: skip
def test_a_decision_that_cannot_be_says_why_and_changes_nothing(decide, kept, state, answer, wrong):
    suggestion = Suggestion.objects.create(kind="correction", place=PlaceFactory(), message="Sai", state=kept)
    reply = decide(suggestion, state, answer)
    assert reply.context["form"].errors.keys() == {wrong}
    assert suggestion.state == kept
    assert mail.outbox == []


def test_what_does_not_fit_any_more_is_said_in_the_form_and_a_refusal_can_be_thought_over(decide):
    place = PlaceFactory()
    bad = Suggestion.objects.create(kind="correction", place=place, values={"website": "javascript:x"})
    reply = decide(bad, "accepted")
    assert "Trang web:" in str(reply.context["form"].errors["state"])
    good = Suggestion.objects.create(kind="correction", place=place, values={"phone": "0000 000 009"})
    decide(good, "refused", "Chưa gọi được.")
    decide(good, "accepted")
    place.refresh_from_db()
    assert place.phone == "0000 000 009"


def test_an_owner_s_own_place_is_his_to_keep_once_it_is_public(client, decide):
    form = {"kind": "food", "name_vi": "Quán Của Tôi (mẫu)", "sender_contact": "0000 000 003", "is_owner": "on"}
    client.post(reverse("propose_place"), form)
    proposal = Suggestion.objects.get()
    decide(proposal, "accepted")
    assert mail.outbox == []
    Place.objects.update(live=True)
    assert "Chủ cơ sở" in client.get(proposal.place.get_absolute_url()).content.decode()
    stranger = PlaceFactory()
    other = f"{reverse('correct_place', args=[stranger.number])}?owner=" + "x" * 300
    assert client.get(other).status_code == 200
