"""Saved searches: one's own only, told of once, stopped from a message."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from heritage.core import outbox
from heritage.search import saving
from heritage.search.models import SavedSearch
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


@pytest.fixture
def reader(client):
    user = UserFactory(email="ban-doc@example.org")
    client.force_login(user)
    return user


def later(saved, hours=24):
    SavedSearch.objects.filter(pk=saved.pk).update(seen_until=timezone.now() - dt.timedelta(hours=hours))


def test_a_search_is_saved_from_its_page_once_and_deleted(client, reader):
    RecordFactory(name_vi="Đình Thử")
    outbox.drain_all()
    assert 'name="address"' in client.get("/vi/tim-kiem/", {"q": "đình"}).content.decode()
    for _time in range(2):
        answer = client.post("/vi/tai-khoan/tim-kiem/luu/", {"address": "q=đình&rank=national&page=3&evil=1"})
        assert answer.url == "/vi/tai-khoan/tim-kiem/"
    saved = SavedSearch.objects.get()
    assert saved.address == "q=%C4%91%C3%ACnh&rank=national"
    assert "“đình”" in client.get("/vi/tai-khoan/tim-kiem/").content.decode()
    client.post(f"/vi/tai-khoan/tim-kiem/{saved.pk}/", {"do": "mail"})
    assert not SavedSearch.objects.get().wants_mail
    client.post(f"/vi/tai-khoan/tim-kiem/{saved.pk}/", {"do": "delete"})
    assert not SavedSearch.objects.exists()


def test_another_reader_neither_sees_nor_changes_it(client, reader):
    saved = saving.save(UserFactory(email="khac@example.org"), "q=đình", "vi")
    assert "“đình”" not in client.get("/vi/tai-khoan/tim-kiem/").content.decode()
    assert client.post(f"/vi/tai-khoan/tim-kiem/{saved.pk}/", {"do": "delete"}).status_code == 404
    client.logout()
    assert client.get("/vi/tai-khoan/tim-kiem/").status_code == 302
    assert client.post("/vi/tai-khoan/tim-kiem/luu/", {"address": "q=x"}).status_code == 302


@pytest.mark.parametrize("address", ["", "page=2", "evil=1", "q=", "\x00"])
def test_a_search_for_nothing_is_not_kept_and_said(client, reader, address):
    assert client.post("/vi/tai-khoan/tim-kiem/luu/", {"address": address}).status_code == 302
    assert not SavedSearch.objects.exists()


def test_an_account_keeps_so_many(reader, monkeypatch):
    monkeypatch.setattr(saving, "MOST", 1)
    saving.save(reader, "q=một", "vi")
    with pytest.raises(saving.ValidationError, match="1"):
        saving.save(reader, "q=hai", "vi")


def test_what_is_new_is_told_once_and_only_what_is_public(client, reader):
    saved = saving.save(reader, "q=đình thử", "vi")
    RecordFactory(name_vi="Đình Thử Mới", number="XX01")
    RecordFactory(name_vi="Đình Thử Nháp", live=False)
    outbox.drain_all()
    assert saving.tell() == 0  # saved just now: a day has not passed
    later(saved)
    assert (saving.tell(), saving.tell()) == (1, 0)
    (message,) = mail.outbox
    assert message.to == ["ban-doc@example.org"]
    assert "Đình Thử Mới" in message.body
    assert "Nháp" not in message.body
    stop = re.search(r"http://testserver(/vi/tim-kiem/thoi-bao/\S+)", message.body)[1]
    assert message.extra_headers["List-Unsubscribe"] == f"<http://testserver{stop}>"
    client.logout()
    client.get(stop)
    assert SavedSearch.objects.get().wants_mail  # following a link ends nothing
    client.post(stop)
    assert not SavedSearch.objects.get().wants_mail


def test_nothing_new_is_no_message_and_a_failing_post_office_loses_none(reader, monkeypatch):
    saved = saving.save(reader, "q=đình thử", "vi")
    later(saved)
    assert saving.tell() == 0
    RecordFactory(name_vi="Đình Thử Mới")
    outbox.drain_all()
    later(saved)
    monkeypatch.setattr(saving.EmailMultiAlternatives, "send", lambda _self: (_ for _ in ()).throw(OSError("refused")))
    assert saving.tell() == 0
    monkeypatch.undo()
    assert saving.tell() == 1
