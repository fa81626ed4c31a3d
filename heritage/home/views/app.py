"""The installed app: web manifest, service worker, the page shown without a network."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language_from_request, gettext, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

SHELL = [
    "build/home/site.css",
    "build/home/portal.css",
    "build/home/site.js",
    "build/home/offline.js",
    "build/home/icons.svg",
    "build/home/fonts/be-vietnam-pro-400.woff2",
    "build/home/fonts/be-vietnam-pro-600.woff2",
    "build/home/fonts/literata-500-latin.woff2",
    "build/home/fonts/literata-500-vietnamese.woff2",
    "drawings/mark.svg",
    "drawings/boat.svg",
]
"""Static files the service worker keeps from the first visit: what the frame and the offline page need."""

OFFLINE_PAGES = ["/offline/?lang=vi", "/offline/?lang=en"]


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """`/manifest.webmanifest` (W3C Web Application Manifest), in the visitor's language."""
    language = _language(request)
    with override(language):
        values = {
            "id": "/",
            "name": gettext("Heritage archive"),
            "short_name": gettext("Heritage"),
            "description": gettext("Heritage records, festivals, map and library of the province."),
            "lang": language,
            "dir": "ltr",
            "start_url": f"/{language}/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#fbf7ef",
            "theme_color": "#a3201d",
            "categories": ["education", "travel", "books"],
            "icons": [_icon("icon-192", 192), _icon("icon-512", 512), _icon("icon-maskable-512", 512, "maskable")],
            "shortcuts": _shortcuts(language),
        }
    response = JsonResponse(values, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    response["Vary"] = "Accept-Language, Cookie"
    return response


def _icon(name: str, size: int, purpose: str = "any") -> dict[str, str]:
    return {
        "src": static(f"drawings/{name}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


def _shortcuts(language: str) -> list[dict[str, str]]:
    from heritage.home.navigation import address

    named = [("map", gettext("Map")), ("search", gettext("Search")), ("library", gettext("Library"))]
    return [{"name": label, "url": address(name)} for name, label in named if address(name)]


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """`/sw.js`, from the root so that it may serve every page; browsers ask for it anew each time."""
    script = _built("build/home/sw.js")
    precache = [*({"url": static(path), "revision": _revision(path)} for path in SHELL)]
    precache += [{"url": url, "revision": _offline_revision()} for url in OFFLINE_PAGES]
    response = HttpResponse(
        f"self.ARCHIVE={json.dumps({'precache': precache})};\n{script}", content_type="text/javascript; charset=utf-8"
    )
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


def _find(path: str) -> Path:
    found = finders.find(path) or Path(settings.STATIC_ROOT, path)
    if not Path(found).is_file():
        raise Http404(path)
    return Path(found)


def _built(path: str) -> str:
    return _find(path).read_text(encoding="utf-8")


def _revision(path: str) -> str:
    found = _find(path)
    return _digest(str(found), found.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _digest(path: str, changed_at: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def _offline_revision() -> str:
    """Changes whenever a file of the shell does, so that the offline page never names files that are gone."""
    return hashlib.sha256("".join(_revision(path) for path in SHELL).encode()).hexdigest()[:12]


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """The page a visitor sees without a network; the same for everybody, so that it can be kept."""
    language = request.GET.get("lang", "")
    with override(language if language in {"vi", "en"} else _language(request)):
        return render(request, "home/offline.html", {"language": language or _language(request)})


def _language(request: HttpRequest) -> str:
    return "en" if get_language_from_request(request).startswith("en") else "vi"
