"""A rebuild that is killed goes on from its last commit; one that cannot write says so and harms nothing."""

import errno
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from heritage.catalog.models import Record
from heritage.core import outbox, readiness
from heritage.core.models import Change
from heritage.search import building, engines, indexing, service
from heritage.search.contract import Query
from heritage.search.engines.tantivy import TantivyBuilder
from heritage.search.models import Rebuild, RebuildState
from tests.factories.catalog import RecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_pieces(index_folder, monkeypatch):
    monkeypatch.setattr(building, "ROWS", 2)
    monkeypatch.setattr(indexing, "CHECKPOINT", 4)


@pytest.fixture
def records():
    made = [RecordFactory(number=f"XX{number:02d}", name_vi=f"Đình Thử số {number}") for number in range(12)]
    indexing.rebuild()
    outbox.drain_all()
    return made


def found(text):
    return sorted(hit.number for hit in service.search(Query(text=text, size=50)))


def interrupted(monkeypatch, after):
    """A rebuild that is interrupted after so many parts."""
    real, seen = building.analysed, []

    def analysed(part):
        seen.append(part)
        if len(seen) > after:
            raise KeyboardInterrupt
        return real(part)

    monkeypatch.setattr(building, "analysed", analysed)
    with pytest.raises(CommandError, match="goes on from here"):
        call_command("search", "rebuild")
    monkeypatch.setattr(building, "analysed", real)


def test_an_interrupted_rebuild_goes_on_and_misses_no_edit(records, monkeypatch):
    interrupted(monkeypatch, after=5)
    row = Rebuild.objects.first()
    assert (row.state, row.done, row.total) == (RebuildState.STOPPED, 8, 12)
    assert found("đình thử") == [f"XX{number:02d}" for number in range(12)]
    Record.objects.filter(pk=records[0].pk).update(name_vi="Đình Khác", folded="dinh khac")
    outbox.changed(records[0])
    Record.objects.filter(pk=records[1].pk).update(live=False)
    outbox.changed(records[1])
    outbox.drain_all()
    done = []
    indexing.rebuild(progress=lambda at, total: done.append(at))
    row.refresh_from_db()
    assert (row.state, row.resumed, done) == (RebuildState.DONE, 1, [10, 12])
    assert found("đình thử") == [f"XX{number:02d}" for number in range(2, 12)]
    assert found("đình khác") == ["XX00"]
    assert indexing.compare().is_none


def test_what_was_committed_but_not_noted_is_not_there_twice(records, monkeypatch):
    interrupted(monkeypatch, after=5)
    Rebuild.objects.update(done=4, position=records[3].pk)
    assert indexing.rebuild().resumed == 1
    assert engines.current().state().documents == 12


def test_begun_anew_when_asked_or_when_the_unfinished_index_is_gone(records, monkeypatch):
    interrupted(monkeypatch, after=5)
    assert indexing.rebuild(anew=True).resumed == 0
    interrupted(monkeypatch, after=5)
    engines.current().store.discard(Rebuild.objects.first().generation)
    assert indexing.rebuild().resumed == 0
    assert indexing.compare().is_none


def test_a_full_disk_is_stated_and_the_live_index_stays(records, monkeypatch):
    def full(_self, _analysed):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = engines.current().state().generation
    monkeypatch.setattr(TantivyBuilder, "add", full)
    with pytest.raises(CommandError, match=r"live one is untouched.*No space left"):
        call_command("search", "rebuild")
    assert engines.current().state().generation == before
    assert found("đình thử số 3") == ["XX03"]
    assert "No space left" in Rebuild.objects.first().error
    assert [path.name for path in engines.current().store.root.iterdir() if path.is_dir()] == [before]


def test_a_directory_that_cannot_be_written_is_stated(tmp_path, settings):
    RecordFactory(number="XX01", name_vi="Đình Thử")
    (tmp_path / "file").write_text("")
    settings.SEARCH_INDEX_DIR = tmp_path / "file" / "search"
    with pytest.raises(CommandError, match="could not be written"):
        call_command("search", "rebuild")
    assert found("đình thử") == ["XX01"]
    outbox.drain_all()
    assert outbox.waiting("search") > 0


@pytest.fixture
def guarded():
    """A folder below one that anybody may enter, and what makes it read-only to this process, though it be root's."""
    nobody, own = 65534, os.geteuid()

    @contextmanager
    def read_only():
        every = [folder, *folder.rglob("*")]
        for path in every:
            path.chmod(0o555 if path.is_dir() else 0o444)
        os.seteuid(nobody if own == 0 else own)  # rights count for everybody but root
        try:
            yield
        finally:
            os.seteuid(own)
            for path in every:
                path.chmod(0o755 if path.is_dir() else 0o644)

    with tempfile.TemporaryDirectory(dir="/tmp") as outer:
        Path(outer).chmod(0o755)
        folder = Path(outer, "search")
        yield folder, read_only


def test_a_read_only_index_is_read_on_and_stated_and_no_edit_is_lost(guarded, settings):
    settings.SEARCH_INDEX_DIR, read_only = guarded
    RecordFactory(number="XX01", name_vi="Đình Thử một")
    indexing.rebuild()
    outbox.drain_all()
    before = engines.current().state().generation
    with read_only():
        with pytest.raises(PermissionError):
            (settings.SEARCH_INDEX_DIR / "x").touch()
        for _start in ("as it runs", "as started anew"):
            answer = service.search(Query(text="đình thử"))
            assert ([hit.number for hit in answer.hits], answer.engine) == (["XX01"], "tantivy")
            engines._engines.clear()
        RecordFactory(number="XX02", name_vi="Đình Thử hai")
        outbox.drain_all()
        assert "cannot be written" in Change.objects.filter(consumer="search").first().error
        assert "cannot be written" in readiness.report()["index"]
        with pytest.raises(CommandError, match="could not be written"):
            call_command("search", "rebuild")
        assert found("đình thử") == ["XX01"]
    assert engines.current().state().generation == before
    Change.objects.update(retry_at=None)
    outbox.drain_all()
    assert (found("đình thử"), outbox.waiting("search")) == (["XX01", "XX02"], 0)
    assert readiness.report()["index"] == "ok"


def test_parts_hold_every_object_once_and_begin_anywhere(records):
    every = list(building.parts())
    assert sum(part.rows for part in every) == 12
    assert [part.rows for part in building.parts("catalog.record", records[4].pk)] == [2, 2, 2, 1]


def test_several_processes_give_the_same_in_the_same_order():
    assert list(building.in_order(abs, range(-9, 0), 2)) == [(number, -number) for number in range(-9, 0)]
