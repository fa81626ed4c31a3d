"""The API's description as it was last published: what `openapi.json` beside this file says must stay true."""

import json
from pathlib import Path
from typing import Any

from heritage.publishing.api.site import api

FILE = Path(__file__).with_name("openapi.json")


def current() -> dict[str, Any]:
    """The OpenAPI 3.1 document as the code stands, without the framework's own servers."""
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))


def as_text() -> str:
    return json.dumps(current(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def published() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))
