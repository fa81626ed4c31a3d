"""What every public template knows."""

from typing import Any

from django.http import HttpRequest

from heritage.core import languages


def portal(request: HttpRequest) -> dict[str, Any]:
    language = languages.current()
    other = "en" if language == "vi" else "vi"
    return {
        "language": language,
        "other_language": other,
        "other_language_url": lambda: languages.switched(request.get_full_path(), other),
    }
