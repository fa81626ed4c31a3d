"""Production refuses insecure defaults and names each."""

import os
import subprocess
import sys

SAFE = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "disan.example", "BASE_URL": "https://disan.example"}


def start(**values):
    environment = {name: value for name, value in os.environ.items() if name not in SAFE}
    environment |= {"DJANGO_SETTINGS_MODULE": "heritage.settings.production", **values}
    shown = "print(settings.SESSION_COOKIE_SECURE, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS)"
    command = [sys.executable, "-c", f"from django.conf import settings; {shown}"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_it_starts_with_all_that_it_needs():
    mail = "smtp+tls://kho:mat%40khau@thu.example:587"
    assert start(**SAFE, EMAIL_URL=mail).stdout.strip() == "True thu.example 587 True"


def test_it_names_every_insecure_default():
    message = start().stderr
    assert all(name in message for name in SAFE)


def test_it_refuses_any_host():
    message = start(**{**SAFE, "ALLOWED_HOSTS": "*"}).stderr
    assert "ALLOWED_HOSTS" in message
    assert "SECRET_KEY" not in message


def test_it_starts_before_any_static_file_is_collected(tmp_path):
    """As on a fresh clone, where the database is made first: no module may ask for a file's address on import."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "heritage.settings.dev",
        "DEBUG": "0",
        "VAR_DIR": str(tmp_path),
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "manage.py", "check"]
    started = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert started.returncode == 0, started.stderr[-2000:]
