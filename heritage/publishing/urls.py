"""Addresses of publishing: `root` stands at the site's root, `public` below the language prefix."""

from django.urls import URLPattern, URLResolver, path, register_converter

from heritage.core import languages
from heritage.publishing.api import site
from heritage.publishing.views import exports, identifiers, oai, open_data, qr


class NumberConverter:
    """A permanent number, in either case, without the suffix of a format."""

    regex = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}?[A-Za-z0-9])?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ImageFormatConverter(NumberConverter):
    """A format that a QR code is drawn in."""

    regex = r"svg|png"


register_converter(NumberConverter, "number")
register_converter(ImageFormatConverter, "qrformat")

root: list[URLPattern | URLResolver] = [
    path("id/<number:number>.json", identifiers.identifier, {"suffix": "json"}, name="identifier_json"),
    path("id/<number:number>", identifiers.identifier, name="identifier"),
    path("q/", identifiers.typed_code, name="typed_code"),
    path("q/<str:code>", identifiers.short_code, name="short_code"),
    path("qr/<number:number>.<qrformat:image_format>", qr.image, name="qr"),
    path("api/v1/", site.urls()),
    path("data/<str:collection>.<str:file_format>", exports.download, name="export"),
    path("oai", oai.repository, name="oai"),
]
public: list[URLPattern | URLResolver] = [
    path(languages.route("du-lieu-mo/", en="open-data/"), open_data.page, name="open_data"),
]
