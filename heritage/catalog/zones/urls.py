"""Addresses of the zones: three for the editor's map, one for everybody."""

from typing import Any

from django.urls import path

from heritage.catalog.zones import views


def admin_urls() -> list[Any]:
    return [
        path("zones/read/", views.read, name="zones_read"),
        path("zones/check/", views.check, name="zones_check"),
        path("zones/meridians/", views.meridians, name="zones_meridians"),
    ]
