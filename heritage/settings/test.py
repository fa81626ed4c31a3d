"""Settings of the test suite. `TEST_DATABASE_URL` runs it on PostgreSQL."""

import tempfile
from pathlib import Path

from heritage.settings.base import *  # noqa: F403
from heritage.settings.base import SQLITE_OPTIONS, env

DEBUG = False
SECRET_KEY = "insecure-key-of-the-test-suite"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEST_DIR = Path(tempfile.mkdtemp(prefix="heritage-test-"))
VAR_DIR = TEST_DIR / "var"
MEDIA_ROOT = TEST_DIR / "media"
SEARCH_INDEX_DIR = VAR_DIR / "search"
SEARCH_URL = ""
IIIF_ORIGINALS_DIR = MEDIA_ROOT / "iiif" / "originals"
IIIF_PYRAMIDS_DIR = MEDIA_ROOT / "iiif" / "pyramids"
IIIF_UPLOADS_DIR = MEDIA_ROOT / "iiif" / "uploads"
IIIF_CACHE_DIR = VAR_DIR / "iiif-cache"
BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = BASE_URL
AXES_ENABLED = False
SITE_SET_UP_AFTER_MIGRATE = False  # a test begins with an empty site; `site` of tests/factories/home.py sets it up
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if env.str("TEST_DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url("TEST_DATABASE_URL")}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(TEST_DIR / "tests.sqlite3"),
            "OPTIONS": SQLITE_OPTIONS,
        }
    }
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
