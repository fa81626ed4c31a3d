"""The change stream: in order, without gap or repeat, of what is public only, true whenever a harvester reads."""

import threading
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction

from heritage.core import outbox
from heritage.iiif import services
from heritage.iiif.models import Activity, Canvas
from heritage.iiif.presentation import activities
from heritage.iiif.stream import log
from tests.factories.iiif import DigitalObjectFactory

SITE = "http://testserver"
ALL = "/iiif/activity/all-changes"


def public_object(**values):
    obj = DigitalObjectFactory(**values)
    Canvas.objects.create(
        digital_object=obj, image_identifier=f"{obj.identifier}.1", pyramid="x", version="1", width=9, height=9
    )
    outbox.changed(obj)
    return obj


class Harvester:
    """Follows the stream as section 4 of the standard says: from the last page back to what it has seen."""

    def __init__(self, client):
        self.client, self.seen, self.last = client, [], None

    def get(self, address):
        answer = self.client.get(address.removeprefix(SITE))
        assert answer.status_code == 200, address
        return answer.json()

    def run(self):
        page, fresh = self.get(SITE + ALL).get("last"), []
        while page:
            document = self.get(page["id"])
            for item in reversed(document["orderedItems"]):
                if self.last and item["endTime"] <= self.last:
                    page = None
                    break
                fresh.append(item)
            page = page and document.get("prev")
        if fresh:
            self.last = fresh[0]["endTime"]
        self.seen += [(item["type"], item["object"]["id"].split("/")[-2]) for item in reversed(fresh)]
        return len(fresh)


@pytest.mark.django_db
class TestStream:
    def test_the_life_of_an_object(self, client):
        harvester = Harvester(client)
        obj = public_object(identifier="A1")
        harvester.run()
        services.touch(obj)
        services.touch(obj)
        harvester.run()
        services.set_access(obj, "staff")
        harvester.run()
        services.set_access(obj, "closed")
        harvester.run()
        services.set_access(obj, "open")
        harvester.run()
        assert harvester.seen == [("Create", "A1"), ("Update", "A1"), ("Delete", "A1"), ("Create", "A1")]

    def test_what_was_never_public_is_never_named(self, client):
        obj = public_object(identifier="SECRET", access="staff")
        services.touch(obj)
        DigitalObjectFactory(identifier="EMPTY")
        assert client.get(ALL).json()["totalItems"] == 0
        assert client.get("/iiif/activity/page/1").status_code == 404

    def test_an_object_that_is_gone_is_said_to_be(self, client):
        obj = public_object(identifier="A1")
        client.get(ALL)
        obj.delete()
        harvester = Harvester(client)
        harvester.run()
        assert harvester.seen == [("Create", "A1"), ("Delete", "A1")]

    def test_a_change_that_is_rolled_back_is_not_logged(self, client):
        obj = public_object()
        client.get(ALL)
        with transaction.atomic():
            services.touch(obj)
            transaction.set_rollback(True)
        assert client.get(ALL).json()["totalItems"] == 1

    def test_a_harvester_misses_and_repeats_nothing(self, client, monkeypatch):
        monkeypatch.setattr(activities, "PAGE", 3)
        harvester, objects = Harvester(client), []
        for round_ in range(5):
            objects += [public_object(identifier=f"N{round_}-{n}") for n in range(4)]
            if round_:
                services.touch(objects[0])
            harvester.run()
            assert harvester.run() == 0
        assert len(harvester.seen) == len(Activity.objects.all()) == 24
        assert harvester.seen.count(("Update", "N0-0")) == 4
        pages = client.get("/iiif/activity/page/2").json()
        assert (pages["startIndex"], len(pages["orderedItems"])) == (3, 3)
        assert set(pages) >= {"prev", "next", "partOf"}
        assert "next" not in client.get("/iiif/activity/page/8").json()

    def test_times_go_forward_though_the_clock_goes_back(self, client, monkeypatch):
        public_object()
        log.settle()
        before = Activity.objects.get(position=1).ended_at
        monkeypatch.setattr(log.timezone, "now", lambda: before - 10 * log.TICK)
        public_object()
        log.settle()
        assert Activity.objects.get(position=2).ended_at > before

    def test_the_worker_settles_too_and_queries_do_not_grow(self, client, django_assert_max_num_queries):
        for _n in range(12):
            public_object()
        outbox.drain_all()
        with django_assert_max_num_queries(3):
            assert client.get(ALL).json()["totalItems"] == 12
        with django_assert_max_num_queries(1):
            client.get("/iiif/activity/page/1")

    def test_what_stood_there_before_the_log_is_filled_in(self, client):
        obj = public_object()
        log.Change.objects.all().delete()
        import_module("heritage.iiif.migrations.0002_presentation").note_what_is_there(apps, None)
        client.get(ALL)
        assert (
            client.get("/iiif/activity/page/1")
            .json()["orderedItems"][0]["object"]["id"]
            .endswith(f"{obj.identifier}/manifest")
        )

    def test_a_record_that_is_edited_updates_its_manifest(self, client):
        from heritage.catalog import scans
        from tests.factories.catalog import RecordFactory

        obj = public_object()
        record = RecordFactory(live=True)
        scans.link(record, obj)
        client.get(ALL)
        scans.follow(record)
        assert client.get(ALL).json()["totalItems"] >= 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_a_change_committed_late_comes_after_all_that_was_read(client):
    """A writer that began first and commits last must not slip in before what a harvester has read."""
    slow, fast = public_object(identifier="SLOW"), public_object(identifier="FAST")
    harvester = Harvester(client)
    harvester.run()
    noted, may_commit = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            services.touch(slow)
            noted.set()
            may_commit.wait(10)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    noted.wait(10)
    services.touch(fast)
    harvester.run()
    may_commit.set()
    writer.join()
    harvester.run()
    assert harvester.seen[2:] == [("Update", "FAST"), ("Update", "SLOW")]
