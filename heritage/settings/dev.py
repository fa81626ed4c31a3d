"""Settings for a developer's machine and for the demo: embedded defaults, nothing to install."""

from heritage.settings.base import *  # noqa: F403
from heritage.settings.base import env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="insecure-key-for-development-only")
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
SAMPLE_NOTICE = env.bool("SAMPLE_NOTICE", default=True)  # what is shown here is the demo's
INTERNAL_IPS: list[str] = []
if DEBUG:
    STORAGES = {  # no collectstatic between an edit and a look
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
