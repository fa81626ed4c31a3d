"""Entry point of the WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings.production")
# Requests share the processors among themselves; threads of libvips for each of them would only wait for one another.
os.environ.setdefault("VIPS_CONCURRENCY", "1")
_django = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402 - what these import needs Django started

from heritage.core.collecting import settle  # noqa: E402
from heritage.iiif.tiles_first import TilesFirst  # noqa: E402

application = TilesFirst(_django)
get_resolver().url_patterns  # noqa: B018 - every screen is loaded before the first visitor asks for one
settle()
