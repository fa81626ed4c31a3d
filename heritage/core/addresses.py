"""Absolute addresses, for what leaves the site: manifests, QR codes, feeds."""

from django.conf import settings


def absolute(path: str) -> str:
    """`path` below the site's public address (`BASE_URL`)."""
    return f"{settings.BASE_URL}{path}"
