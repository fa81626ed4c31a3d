"""The service says whether it lives and whether it can serve, and tells strangers no more than that."""

import datetime as dt
from collections import namedtuple

import pytest
from django.db import OperationalError
from django.utils import timezone

from heritage.core import readiness
from heritage.core.models import Change
from heritage.reports import checks


@pytest.fixture
def parts(monkeypatch):
    """Only the parts that this app registers, whatever others add."""
    monkeypatch.setattr(readiness, "_checks", {})
    checks.register()


def test_alive_without_a_database(client):
    answer = client.get("/healthz")  # a query would fail: this test has no database
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_ready(client, db, parts):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "parts": {"database": "ok", "storage": "ok", "queue": "ok"}}


def test_a_lost_database_is_named_and_its_address_is_not(client, monkeypatch, parts):
    def fail():
        raise OperationalError("could not connect to postgresql://heritage:secret@db.example")

    readiness.register("database", fail)
    monkeypatch.setattr(checks, "queue", lambda: None)
    readiness.register("queue", lambda: None)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": "not ready", "storage": "ok", "queue": "ok"}
    assert b"secret" not in answer.content


def test_changes_nobody_takes_up_are_reported(client, db, parts):
    change = Change.objects.create(consumer="search", model="catalog.record", object_id=1)
    assert client.get("/readyz").status_code == 200
    Change.objects.update(noted_at=timezone.now() - dt.timedelta(hours=1))
    assert client.get("/readyz").json()["parts"]["queue"] == "not ready"
    Change.objects.filter(pk=change.pk).update(attempts=3)
    assert client.get("/readyz").status_code == 200


def test_a_full_disk_is_reported(client, db, parts, monkeypatch):
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _path: namedtuple("Usage", "free")(1))
    assert client.get("/readyz").json()["parts"]["storage"] == "not ready"


def test_missing_migrations_are_reported(client, db, parts, monkeypatch):
    monkeypatch.setattr(checks, "_migrated", set())
    monkeypatch.setattr(checks.MigrationExecutor, "migration_plan", lambda *_args: ["0009"])
    assert client.get("/readyz").json()["parts"]["database"] == "not ready"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_reading(client, db, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code in (200, 503)
