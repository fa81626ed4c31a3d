"""Entry point of the WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings.production")
# Requests share the processors among themselves; threads of libvips for each of them would only wait for one another.
os.environ.setdefault("VIPS_CONCURRENCY", "1")
_django = get_wsgi_application()

from heritage.iiif.tiles_first import TilesFirst  # noqa: E402 - what it imports needs Django started

application = TilesFirst(_django)
