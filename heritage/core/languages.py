"""Two languages side by side: reading `name_vi`/`name_en` pairs, and addresses by language."""

from collections.abc import Mapping
from typing import Any

from django.urls import translate_url
from django.utils.functional import lazy
from django.utils.translation import get_language

LANGUAGES = ("vi", "en")


def current() -> str:
    """The language of this request, `vi` or `en`."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def in_language(instance: Any, field: str, language: str | None = None) -> str:
    """`instance.<field>_<language>`; where that is blank, the text in the other language."""
    language = language or current()
    other = "en" if language == "vi" else "vi"
    return getattr(instance, f"{field}_{language}", "") or getattr(instance, f"{field}_{other}", "")


def pair(instance: Any, field: str) -> dict[str, str]:
    """Both texts by language, blanks left out: `{"vi": "Chùa Hang", "en": "Hang Pagoda"}`."""
    texts = {language: getattr(instance, f"{field}_{language}", "") for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text}


def route(vi: str, en: str) -> Any:
    """A route for `django.urls.path` that differs by language: `route("di-san/", en="heritage/")`."""
    routes: Mapping[str, str] = {"vi": vi, "en": en}
    return lazy(lambda: routes[current()], str)()


def switched(path: str, language: str) -> str:
    """The address of the same page in the other language."""
    return str(translate_url(path, language))
