"""An import that is killed goes on where it stopped: nothing is lost, nothing made twice."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from heritage.catalog.imports import import_file, importing, writing
from heritage.catalog.models import ImportedLine, Record, RegisterImport, Relation
from heritage.core.models import Identifier, ImportState

ROWS = [
    {"id": f"TN{n:02d}", "part_of_id": "TN09" if n < 9 else "", "related_place_id": f"TN{n + 1:02d}" if n < 9 else ""}
    for n in range(10)
]


class Killed(BaseException):
    """As a signal: nothing catches it."""


@pytest.mark.django_db
@pytest.mark.parametrize("chunks", [0, 1, 3, 4])
def test_broken_off_after_any_chunk(units, register, monkeypatch, chunks):
    monkeypatch.setattr(importing, "CHUNK", 3)
    path, done = register(*ROWS), []
    take = writing.Work.take

    def until(self, chunk):
        if len(done) == chunks:
            raise Killed
        done.append(1)
        return take(self, chunk)

    monkeypatch.setattr(writing.Work, "take", until)
    if chunks < 4:
        with pytest.raises(Killed):
            import_file(path)
    else:  # between the records and their links
        monkeypatch.setattr(importing, "_link", lambda *_: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            import_file(path)
    assert Record.objects.count() == min(10, 3 * chunks)
    monkeypatch.undo()
    report = import_file(path)
    assert (report.created, report.unchanged, report.refused) == (10, 0, 0)
    assert (Record.objects.count(), ImportedLine.objects.count(), RegisterImport.objects.count()) == (10, 10, 1)
    assert Record.objects.filter(part_of__number="TN09").count() == 9
    assert Relation.objects.count() == 9
    assert import_file(path).unchanged == 10


WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "heritage.settings.test"
import django
django.setup()
from django.conf import settings
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[2]
from pathlib import Path
from heritage.catalog.imports import import_file, importing
importing.CHUNK = 3
def say(line):
    print("chunk", flush=True)
    sys.stdin.readline()
import_file(Path(sys.argv[1]), say=say)
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_by_the_system(units, register):
    if connection.vendor != "sqlite" or not os.path.exists(str(connection.settings_dict["NAME"])):  # noqa: PTH110
        pytest.skip("another process reaches the database of a test only where it is a file")
    path = register(*ROWS)
    command = [sys.executable, "-c", WORKER, str(path), str(connection.settings_dict["NAME"])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout.readline() == "chunk\n"
        os.kill(worker.pid, signal.SIGKILL)
    assert Record.objects.count() == 3
    report = import_file(path)
    assert (report.created, Record.objects.count(), Identifier.objects.count()) == (10, 10, 10)
    assert Record.objects.filter(part_of__number="TN09").count() == 9
    assert RegisterImport.objects.get().state == ImportState.DONE
