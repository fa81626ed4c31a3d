"""A test database copied from a template that was migrated once per state of the migrations."""

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

CACHE = Path(__file__).resolve().parents[1] / ".cache"


def fingerprint() -> str:
    """Changes whenever any installed migration changes."""
    digest = hashlib.sha256(version("django").encode())
    for config in apps.get_app_configs():
        written_after_migrating = [Path(config.path, f"{name}.py") for name in ("groups", "moderation", "roles")]
        migrations = Path(config.path, "migrations").glob("*.py")
        for path in sorted([*migrations, *(path for path in written_after_migrating if path.exists())]):
            digest.update(str(path.name).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def copied_template(worker: str) -> Iterator[None]:
    """Point the default connection at a private copy of the migrated template while inside."""
    use = _sqlite_copy if connection.vendor == "sqlite" else _postgresql_copy
    with use(f"{fingerprint()}", f"{worker}-{os.getpid()}") as restore:
        flush = TransactionTestCase._fixture_teardown
        # A flush would also take away what migrations put in: the site, its languages, the root page.
        TransactionTestCase._fixture_teardown = lambda _case: restore()
        yield
        TransactionTestCase._fixture_teardown = flush


def make_template() -> None:
    """Migrate the template of the configured database, unless it stands already."""
    make = _sqlite_template if connection.vendor == "sqlite" else _postgresql_template
    make(fingerprint(), f"template-{os.getpid()}")


@contextmanager
def _sqlite_copy(key: str, name: str) -> Iterator[Callable[[], None]]:
    path = Path(settings.DATABASES["default"]["NAME"]).with_name(f"{name}.sqlite3")
    template = _sqlite_template(key, name)

    def restore() -> None:
        connections.close_all()
        source, target = sqlite3.connect(template), sqlite3.connect(path, timeout=20)
        source.backup(target)
        source.close()
        target.close()

    restore()
    _point_at(str(path))
    yield restore
    connections.close_all()
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def _sqlite_template(key: str, name: str) -> Path:
    CACHE.mkdir(exist_ok=True)
    template = CACHE / f"template-{key}.sqlite3"
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the first process migrates, the others wait for its template
        if not template.exists():
            _migrate_into(CACHE / f"template-{key}-{name}.sqlite3", template)
    return template


def _migrate_into(unfinished: Path, template: Path) -> None:
    _point_at(str(unfinished))
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    unfinished.rename(template)  # atomic: another process sees a whole template or none
    for old in CACHE.glob("template-*.sqlite3*"):
        if (
            template.stem not in old.name
            and unfinished.stem not in old.name
            and old.stat().st_mtime < template.stat().st_mtime - 3600
        ):
            old.unlink(missing_ok=True)


@contextmanager
def _postgresql_copy(key: str, name: str) -> Iterator[Callable[[], None]]:
    from psycopg.errors import InsufficientPrivilege

    copy = f"{settings.DATABASES['default']['NAME']}_{name}".replace("-", "_")
    template = _postgresql_template(key, name)

    def restore() -> None:
        drop()
        with _maintenance() as execute:
            execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')

    def drop() -> None:
        connections.close_all()
        with _maintenance() as execute:
            try:
                execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
            except InsufficientPrivilege:  # autovacuum is at work there, as nobody's process; a plain DROP ends it
                execute(f'DROP DATABASE IF EXISTS "{copy}"')

    restore()
    _point_at(copy)
    yield restore
    drop()


def _postgresql_template(key: str, name: str) -> str:
    template = f"{settings.DATABASES['default']['NAME']}_t_{key}"
    with _maintenance() as execute:
        execute("SELECT pg_advisory_lock(20261124)")  # the first process migrates, the others wait for its template
        if not execute(f"SELECT 1 FROM pg_database WHERE datname = '{template}'"):
            unfinished = f"{template}_{name}".replace("-", "_")
            execute(f'CREATE DATABASE "{unfinished}"')
            _point_at(unfinished)
            call_command("migrate", verbosity=0, interactive=False)
            connections.close_all()
            execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"')
    return template


@contextmanager
def _maintenance() -> Iterator:
    import psycopg

    values = settings.DATABASES["default"]
    with psycopg.connect(
        host=values["HOST"],
        port=values["PORT"] or 5432,
        user=values["USER"],
        password=values["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as admin:

        def execute(sql: str) -> list:
            cursor = admin.execute(sql)
            return cursor.fetchall() if cursor.description else []

        yield execute


def _point_at(name: str) -> None:
    connections.close_all()
    connections["default"].settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name
