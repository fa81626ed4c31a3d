"""What the site needs in order to serve, apart from what other apps add with `readiness.register`."""

import datetime as dt
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from heritage.core import readiness
from heritage.core.models import Change

STALE = dt.timedelta(minutes=10)
"""A change that nobody has even tried to take up for so long means that no worker runs."""

LEAST_FREE_BYTES = 100 * 1024**2

_migrated: set[str] = set()


def register() -> None:
    readiness.register("database", database)
    readiness.register("storage", storage)
    readiness.register("queue", queue)


def database() -> str | None:
    """Answers, and has every migration of this code."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    name = str(connection.settings_dict["NAME"])
    if name in _migrated:
        return None
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "migrations are missing; run manage.py migrate"
    _migrated.add(name)  # migrations are never taken back under a running process
    return None


def storage() -> str | None:
    """The folders that the site writes to can be written and are not full."""
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.VAR_DIR)):
        nearest = folder if folder.exists() else folder.parent
        if not os.access(nearest, os.W_OK | os.X_OK):
            return f"{folder} cannot be written"
        if shutil.disk_usage(nearest).free < LEAST_FREE_BYTES:
            return f"less than {LEAST_FREE_BYTES // 1024**2} MB free at {folder}"
    return None


def queue() -> str | None:
    """Changes are being taken up; those that failed and wait for another try are no sign of a missing worker."""
    late = Change.objects.filter(attempts=0, noted_at__lt=timezone.now() - STALE).count()
    return f"{late} changes wait since over {STALE.seconds // 60} minutes; is the worker running?" if late else None
