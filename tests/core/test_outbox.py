"""Every change reaches every consumer, whatever fails."""

import pytest

from heritage.accounts.models import User
from heritage.core import outbox
from heritage.core.models import Change


@pytest.fixture
def heard(monkeypatch):
    monkeypatch.setattr(outbox, "_consumers", {})
    heard = []
    outbox.register("test", heard.append, models={"accounts.user"})
    return heard


@pytest.fixture
def user(db):
    return User.objects.create(username="lan")


def test_a_change_is_handed_over_once_and_forgotten(heard, user):
    outbox.changed(user)
    outbox.changed(user)
    assert outbox.drain_all() == 2
    assert heard == [[outbox.ChangedObject("accounts.user", user.pk)]]
    assert not Change.objects.exists()


def test_an_edit_during_a_drain_is_drained_again(monkeypatch, user):
    monkeypatch.setattr(outbox, "_consumers", {})
    outbox.register("test", lambda _objects: outbox.changed(user), models={"accounts.user"})
    outbox.changed(user)
    outbox.drain(outbox.consumers()[0])
    assert Change.objects.count() == 1


def test_one_bad_object_does_not_stop_the_others(monkeypatch, user):
    monkeypatch.setattr(outbox, "_consumers", {})
    good = User.objects.create(username="minh")
    done = []

    def handle(objects):
        if any(one.pk == user.pk for one in objects):
            raise ValueError("cannot be read")
        done.extend(objects)

    outbox.register("test", handle, models={"accounts.user"})
    outbox.changed(user)
    outbox.changed(good)
    outbox.drain_all()
    assert [one.pk for one in done] == [good.pk]
    kept = Change.objects.get()
    assert (kept.object_id, kept.attempts, kept.error) == (user.pk, 1, "cannot be read")
    assert kept.retry_at is not None


def test_models_nobody_asked_for_leave_no_row(heard, db):
    outbox.changed_ids("auth.group", [1])
    assert not Change.objects.exists()
