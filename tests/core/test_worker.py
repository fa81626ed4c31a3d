"""The worker may be killed at any point: nothing is lost, and what was not finished is done again."""

import signal
import subprocess
import sys
import textwrap
import time

import pytest
from django.conf import settings

from heritage.accounts.models import User
from heritage.core.models import Change

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PROGRAM = """
    import os, sys, time
    os.environ["DJANGO_SETTINGS_MODULE"] = "heritage.settings.test"
    import django
    from django.conf import settings
    database = {database!r}
    settings.DATABASES["default"].update(database)
    django.setup()
    from django.core.management import call_command
    from heritage.core import outbox
    outbox._consumers.clear()
    def handle(objects):
        with open({log!r}, "a") as log:
            for one in objects:
                log.write(f"{{one.pk}}\\n")
                log.flush()
                time.sleep({pause})
    outbox.register("test", handle, models={{"accounts.user"}})
    call_command("worker", pause=0.05, once={once})
"""


def worker(log, pause, once):
    keys = ("ENGINE", "NAME", "HOST", "PORT", "USER", "PASSWORD")
    database = {key: settings.DATABASES["default"].get(key, "") for key in keys}
    program = textwrap.dedent(PROGRAM).format(database=database, log=str(log), pause=pause, once=once)
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.DEVNULL)


def test_a_killed_worker_loses_nothing(tmp_path):
    log = tmp_path / "log"
    users = User.objects.bulk_create(User(username=f"u{i}") for i in range(20))
    Change.objects.bulk_create(Change(consumer="test", model="accounts.user", object_id=user.pk) for user in users)
    first = worker(log, pause=0.2, once=False)
    deadline = time.monotonic() + 60
    while not (log.exists() and log.read_text().count("\n") >= 3) and time.monotonic() < deadline:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert Change.objects.count() == 20
    assert worker(log, pause=0, once=True).wait(60) == 0
    assert not Change.objects.exists()
    assert {int(line) for line in log.read_text().split()} == {user.pk for user in users}


def test_a_worker_asked_to_stop_finishes_what_it_holds(tmp_path):
    log = tmp_path / "log"
    user = User.objects.create(username="lan")
    Change.objects.create(consumer="test", model="accounts.user", object_id=user.pk)
    process = worker(log, pause=1, once=False)
    deadline = time.monotonic() + 60
    while not (log.exists() and log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert not Change.objects.exists()
