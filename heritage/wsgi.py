"""Entry point of the WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings.production")
# Requests share the processors among themselves; threads of libvips for each of them would only wait for one another.
os.environ.setdefault("VIPS_CONCURRENCY", "1")
application = get_wsgi_application()
