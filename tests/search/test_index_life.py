"""Rebuilds that fail or are killed, an index that is missing, damaged or away: what is said, and what mends it."""

import datetime as dt
import subprocess
import sys
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from heritage.catalog import services
from heritage.catalog.models import Record
from heritage.core import outbox, readiness
from heritage.core.models import Change
from heritage.search import engines, indexing, service
from heritage.search.contract import Query
from heritage.search.models import Rebuild, RebuildState
from tests.factories.catalog import RecordFactory
from tests.search.conftest import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


def test_a_change_during_a_rebuild_is_in_the_new_index(monkeypatch):
    first = RecordFactory(number="XX01", name_vi="Đình Cũ")
    outbox.drain_all()
    fill = indexing._fill

    def edited_meanwhile(builder, row, progress):
        fill(builder, row, progress)
        first.name_vi = "Đình Mới"
        first.save()
        RecordFactory(number="XX02", name_vi="Đình Thêm")
        outbox.drain_all()

    monkeypatch.setattr(indexing, "_fill", edited_meanwhile)
    indexing.rebuild()
    assert (found("đình mới"), found("đình thêm")) == (["XX01"], ["XX02"])
    assert indexing.compare().is_none


def test_a_failed_rebuild_says_so_and_leaves_the_live_index(monkeypatch):
    RecordFactory(number="XX01", name_vi="Đình Thử")
    outbox.drain_all()

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(indexing, "_fill", full)
    with pytest.raises(CommandError, match="live one is untouched"):
        call_command("search", "rebuild")
    assert found("đình thử") == ["XX01"]
    failed = Rebuild.objects.first()
    assert (failed.state, "No space left" in failed.error) == (RebuildState.FAILED, True)


def test_one_rebuild_at_a_time_but_a_dead_one_does_not_stand_in_the_way():
    row = Rebuild.objects.create(engine="tantivy")
    with pytest.raises(indexing.RebuildRunningError):
        indexing.rebuild()
    Rebuild.objects.filter(pk=row.pk).update(seen_at=timezone.now() - dt.timedelta(minutes=6))
    indexing.rebuild()
    row.refresh_from_db()
    assert row.state == RebuildState.FAILED


def test_a_rebuild_whose_process_was_killed_is_gone_on_with_at_once(settings):
    RecordFactory(number="XX01", name_vi="Đình Thử")
    outbox.drain_all()
    holder = """
import sys; sys.path.insert(0, '.')
from django.conf import settings; settings.configure(SEARCH_INDEX_DIR=sys.argv[1])
from heritage.search import liveness
with liveness.building_here() as host:
    print(host, flush=True); sys.stdin.read()
"""
    command = [sys.executable, "-c", holder, str(settings.SEARCH_INDEX_DIR)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as builder:
        row = Rebuild.objects.create(engine="tantivy", host=builder.stdout.readline().strip())
        assert indexing.running() == row
        with pytest.raises(indexing.RebuildRunningError):
            indexing.rebuild()
        indexing.look_after()
        assert not outbox.waiting("search")
        builder.kill()
        builder.wait()
    assert indexing.running() is None
    indexing.look_after()
    indexing.look_after()
    assert outbox.waiting("search") == 1
    outbox.drain_all()
    assert [one.state for one in Rebuild.objects.all()[:2]] == [RebuildState.DONE, RebuildState.FAILED]
    Rebuild.objects.create(engine="tantivy", host="another machine")
    assert indexing.running() is not None
    Rebuild.objects.update(state=RebuildState.STOPPED)
    indexing.look_after()
    assert not outbox.waiting("search")


def test_check_names_what_differs_and_mends_it(capsys):
    record = RecordFactory(name_vi="Đình Một")
    gone = RecordFactory(name_vi="Đình Hai")
    outbox.drain_all()
    RecordFactory(name_vi="Đình Ba")
    Record.objects.filter(pk=record.pk).update(name_vi="Đình Khác")
    Record.objects.filter(pk=gone.pk).update(live=False)
    Change.objects.all().delete()
    difference = indexing.compare()
    assert (len(difference.missing), len(difference.outdated), len(difference.surplus)) == (1, 1, 1)
    with pytest.raises(CommandError, match="differs"):
        call_command("search", "check")
    call_command("search", "check", "--mend")
    assert indexing.compare().is_none


def test_a_missing_index_is_stated_answered_from_the_database_and_built_by_the_worker(settings, tmp_path):
    RecordFactory(number="XX01", name_vi="Đình Thử Nghiệm")
    settings.SEARCH_INDEX_DIR = tmp_path / "lost"
    assert "no index" in readiness.report()["index"]
    result = service.search(Query(text="thu nghiem"))
    assert [hit.number for hit in result.hits] == ["XX01"]
    assert [notice.code for notice in result.notices] == ["away"]
    Change.objects.all().delete()  # nobody edits anything, and still it is built
    indexing.look_after()
    outbox.drain_all()
    result = service.search(Query(text="thu nghiem"))
    assert ([hit.number for hit in result.hits], result.engine) == (["XX01"], "tantivy")
    assert readiness.report()["index"] == "ok"
    indexing.look_after()
    assert not outbox.waiting("search")


def test_a_damaged_index_is_built_anew_by_the_worker(settings):
    RecordFactory(number="XX01", name_vi="Đình Thử Nghiệm")
    outbox.drain_all()
    for file in (settings.SEARCH_INDEX_DIR / engines.current().state().generation).glob("*.term"):
        file.unlink()
        file.write_bytes(b"damaged")
    engines._engines.clear()  # as after a start: a running process still has the files that it opened
    result = service.search(Query(text="thu nghiem"))
    assert ([hit.number for hit in result.hits], result.engine) == (["XX01"], "database")
    indexing.look_after()
    outbox.drain_all()
    result = service.search(Query(text="thu nghiem"))
    assert ([hit.number for hit in result.hits], result.engine) == (["XX01"], "tantivy")


@override_settings(SEARCH_URL="http://127.0.0.1:1")
def test_without_elasticsearch_pages_answer_at_once_and_changes_wait(client):
    RecordFactory(number="XX01", name_vi="Đình Thử Nghiệm")
    engines.current()  # a server process has the client loaded when it starts
    result = service.search(Query(text="thu nghiem"))
    assert [hit.number for hit in result.hits] == ["XX01"]
    assert result.milliseconds < 1000
    outbox.drain_all()
    assert Change.objects.filter(consumer="search", attempts__gt=0).exists()
    assert readiness.report()["index"].startswith("elasticsearch:")
    page = client.get("/vi/tim-kiem/", {"q": "thu nghiem"})
    assert page.status_code == 200
    assert "XX01" in page.content.decode()


@pytest.mark.elasticsearch
def test_when_elasticsearch_returns_what_was_edited_meanwhile_is_found(settings, monkeypatch):
    from heritage.search.engines.elasticsearch import ElasticsearchEngine
    from tests.search.conftest import ELASTICSEARCH

    alias = f"test-{uuid.uuid4().hex[:12]}"
    home = ElasticsearchEngine(f"{ELASTICSEARCH}/{alias}", query_seconds=20)
    away = ElasticsearchEngine(f"http://127.0.0.1:1/{alias}")
    try:
        monkeypatch.setattr(engines, "current", lambda: home)
        kept = RecordFactory(number="XX01", name_vi="Đình Thử Nghiệm")
        indexing.rebuild()
        outbox.drain_all()
        monkeypatch.setattr(engines, "current", lambda: away)
        RecordFactory(number="XX02", name_vi="Đình Thử Nghiệm hai")
        services.withdraw(kept, "Trùng hồ sơ")
        outbox.drain_all()
        assert service.search(Query(text="thu nghiem")).engine == "database"
        monkeypatch.setattr(engines, "current", lambda: home)
        assert found("thu nghiem") == []  # withdrawn counts at once, though the index still has it
        Change.objects.update(retry_at=None)
        outbox.drain_all()
        assert (found("thu nghiem"), outbox.waiting("search")) == (["XX02"], 0)
    finally:
        home.remove()
