"""The outside services some tests need, and how each says that it is missing."""

import os
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Service:
    """`missing()` is "" where the service can be used, else what is missing and how to get it."""

    missing: Callable[[], str]


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return "" if found else "no Chromium; `make services` installs it"


def _elasticsearch() -> str:
    url = os.environ.get("TEST_ELASTICSEARCH_URL", "http://127.0.0.1:9209")
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=3) as answer:
            return "" if answer.status == 200 else f"{url} answers {answer.status}"
    except OSError as error:
        return f"nothing at {url} ({error}); `make services` starts it"


S3_URL = os.environ.get("TEST_S3_URL", "http://127.0.0.1:9301")


@contextmanager
def bucket_at_test_server(monkeypatch: Any) -> Iterator[str]:
    """The name of a bucket at the test server, which the archive's settings lead to."""
    from heritage.iiif import stores

    for name, value in {"ENDPOINT": S3_URL, "ACCESS_KEY_ID": "test", "SECRET_ACCESS_KEY": "test"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    with urllib.request.urlopen(urllib.request.Request(f"{S3_URL}/heritage-test", method="PUT")):
        pass
    kept = stores._bucket
    kept.cache_clear()
    yield "heritage-test"
    kept.cache_clear()


def _s3() -> str:
    try:
        with urllib.request.urlopen(S3_URL, timeout=3):
            return ""
    except OSError as error:
        return f"nothing at {S3_URL} ({error}); `make services` starts it"


def _postgresql() -> str:
    url = os.environ.get("TEST_POSTGRESQL_URL", "postgresql://heritage:heritage@127.0.0.1:5432/heritage")
    try:
        import psycopg

        psycopg.connect(url, connect_timeout=3).close()
    except Exception as error:  # any failure means the same here
        return f"cannot connect ({error}); `make services` starts it"
    return ""


def _command(name: str) -> Callable[[], str]:
    return lambda: "" if shutil.which(name) else f"no {name}; `make services` installs it"


def _front_end() -> str:
    return "" if (ROOT / "heritage/static/build/home/site.css").exists() else "not built; `make setup` builds it"


SERVICES = {
    "browser": Service(_chromium),
    "elasticsearch": Service(_elasticsearch),
    "postgresql": Service(_postgresql),
    "s3": Service(_s3),
    "ffmpeg": Service(_command("ffmpeg")),
    "pandoc": Service(_command("pandoc")),
    "nginx": Service(_command("nginx")),
    "java": Service(_command("java")),
    "front_end": Service(_front_end),
}
