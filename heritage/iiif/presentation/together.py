"""The manifest of a saved set: canvases of several objects, reused as others may reuse ours (IIIF Cookbook, 0464).

The canvases keep their names, so that what is written about one holds here too; label, rights and required statements
say where they come from, and each object is an entry of the contents.
"""

import json
from itertools import chain
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_noop

from heritage.iiif import addresses, queries, shelves
from heritage.iiif.models import Canvas
from heritage.iiif.presentation import kept
from heritage.iiif.presentation.authorization import in_both
from heritage.iiif.presentation.manifests import CONTEXT, provider

MOST_CANVASES = 2_000
"""More are read as a collection: a viewer loads a manifest whole."""

Document = dict[str, Any]


def manifest(name: str) -> Document | None:
    """The manifest of the public set of that name; None where there is none, or it has too many pages for one."""
    shelf = shelves.named(f"set-{name}")
    objects = list(shelves.shown(shelf)) if shelf else []
    count = Canvas.objects.filter(queries.LISTED, digital_object__in=objects).count()
    if shelf is None or not objects or count > MOST_CANVASES:
        return None
    sources = [json.loads(kept.manifest_json(one)) for one in objects]
    label = {language: [text] for language, text in shelf.label.items() if text}
    return {
        "@context": _contexts(sources),
        "id": addresses.set_manifest_url(name),
        "type": "Manifest",
        "label": label,
        "metadata": [_source(one) for one in sources],
        **_rights(sources),
        "provider": [provider()],
        "partOf": [{"id": addresses.collection_url(f"set-{name}"), "type": "Collection"}],
        "items": [canvas for one in sources for canvas in one["items"]],
        "structures": [_entry(name, number, one) for number, one in enumerate(sources, 1)],
    }


def _contexts(sources: list[Document]) -> Any:
    """All extensions that one of them uses; the Presentation API stands last."""
    lists = [[one["@context"]] if isinstance(one["@context"], str) else one["@context"] for one in sources]
    extensions = [context for context in dict.fromkeys(chain(*lists)) if context != CONTEXT]
    return [*extensions, CONTEXT] if extensions else CONTEXT


def _source(one: Document) -> Document:
    """Where the pages come from, as a link."""
    value = {
        language: [format_html('<a href="{}">{}</a>', one["id"], text) for text in texts]
        for language, texts in one["label"].items()
    }
    return {"label": in_both(gettext_noop("Source manifest")), "value": value}


def _rights(sources: list[Document]) -> Document:
    """The one statement of rights where all have the same, and every required statement."""
    found: Document = {}
    rights = {one.get("rights", "") for one in sources}
    if len(rights) == 1 and (same := rights.pop()):
        found["rights"] = same
    statements: dict[str, list[str]] = {}
    for one in sources:
        for language, texts in one.get("requiredStatement", {}).get("value", {}).items():
            kept_texts = statements.setdefault(language, [])
            kept_texts += [text for text in texts if text not in kept_texts]
    if statements:
        found["requiredStatement"] = {"label": in_both(gettext_noop("Attribution")), "value": statements}
    return found


def _entry(name: str, number: int, one: Document) -> Document:
    items = [{"id": canvas["id"], "type": "Canvas"} for canvas in one["items"]]
    address = addresses.set_manifest_url(name).removesuffix("manifest")
    return {"id": f"{address}range/{number}", "type": "Range", "label": one["label"], "items": items}
