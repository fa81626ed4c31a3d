"""The page for people who want the data: what there is, how to ask, on what terms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from heritage.core.addresses import absolute
from heritage.publishing import exports
from heritage.publishing.api import snapshot
from heritage.publishing.api.root import TITLES

EXAMPLES = {
    "/api/v1/records": "?unit=19&rank=national&page_size=10",
    "/api/v1/places": "?kind=lodging&bbox=105.4,21.3,106.3,22.8",
    "/api/v1/works": "?kind=ebook",
    "/api/v1/units": "?q=ba tri",
    "/api/v1/nearby": "?lat=21.594&lon=105.848&kinds=monument,lodging&radius=5000",
    "/api/v1/search": "?q=chua",
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Drawn from the OpenAPI document, so that it cannot say anything else than that."""
    files = [(reverse("export", args=names), ".".join(names)) for names in exports.EXPORTS]
    base = absolute(reverse("api-1:api-root"))
    return render(request, "publishing/open_data.html", {"endpoints": endpoints(), "base": base, "files": files})


def endpoints() -> list[dict[str, Any]]:
    """Every address with its parameters and an example to open."""
    return [_endpoint(path, operations["get"]) for path, operations in snapshot.current()["paths"].items()]


def _endpoint(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    parameters = operation.get("parameters", [])
    name = path.removeprefix("/api/v1/")
    return {
        "path": path,
        "name": name.replace("/{", "-").rstrip("}") or "root",
        "title": TITLES.get(name),
        "summary": operation["summary"],
        "parameters": [_parameter(one) for one in parameters if one["in"] == "query"],
        "example": path + EXAMPLES.get(path, "") if "{" not in path else "",
    }


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    schema = one["schema"]
    kinds = [part["type"] for part in schema.get("anyOf", [schema]) if part.get("type") not in (None, "null")]
    return {
        "name": one["name"],
        "type": ", ".join(kinds),
        "default": schema.get("default", ""),
        "required": one.get("required", False),
        "description": schema.get("description") or one.get("description", ""),
    }
