"""Migrates the database that tests are copied from, so that two kinds of it can be made side by side: a core each."""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings.test")
django.setup()

from tests.databases import make_template  # noqa: E402  (the settings come first)
from tests.garbage import collect_garbage_rarely  # noqa: E402

collect_garbage_rarely()
make_template()
