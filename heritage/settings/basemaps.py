"""The basemaps a deployment names, and the hosts that a page may reach for them."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

_SUBDOMAIN = re.compile(r"\{s\}")


def read(text: str, tiles_url: str = "", tiles_attribution: str = "") -> list[dict[str, Any]]:
    """The list in `MAP_BASEMAPS` (JSON), the one XYZ address of `MAP_TILES_URL` first where there is one.

    What is no JSON list becomes one entry that the check `maps.E001` names, so that the site starts all the same.
    """
    own = [{"kind": "xyz", "url": tiles_url, "attribution": tiles_attribution}] if tiles_url else []
    try:
        named = json.loads(text) if text.strip() else []
    except ValueError:
        named = [{"kind": "?", "url": text[:80]}]
    if not isinstance(named, list):
        named = [{"kind": "?", "url": text[:80]}]
    return own + [one if isinstance(one, dict) else {"kind": "?", "url": str(one)[:80]} for one in named]


def hosts(basemaps: list[dict[str, Any]]) -> list[str]:
    """Origins for the content security policy, `{s}` as a wildcard; only such as are an origin and nothing else."""
    named = [text for one in basemaps for text in (one.get("url"), *_listed(one.get("hosts"))) if isinstance(text, str)]
    found = [urlsplit(_SUBDOMAIN.sub("*", text)) for text in named]
    origins = [f"{one.scheme}://{one.netloc}" for one in found if one.scheme in ("http", "https")]
    return sorted({origin for origin in origins if re.fullmatch(r"https?://[\w.*:\[\]-]+", origin)})


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
