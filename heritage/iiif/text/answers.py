"""What search within answers: annotation pages of Content Search 2.0, annotation lists of 1.0."""

from typing import Any
from urllib.parse import urlencode

from heritage.iiif import addresses
from heritage.iiif.models import PageText
from heritage.iiif.text.reading import Box
from heritage.iiif.text.searching import Hit

PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
CONTEXTS = {2: "http://iiif.io/api/search/2/context.json", 1: "http://iiif.io/api/search/1/context.json"}


def search_address(identifier: str, version: int, query: str) -> str:
    return f"{addresses.search_url(identifier, version)}?{urlencode({'q': query})}"


def _target(identifier: str, image: str, box: Box) -> str:
    return f"{addresses.canvas_url(identifier, image)}#xywh={','.join(map(str, box))}"


def _target_part(identifier: str, image: str, part: str) -> str:
    return f"{addresses.canvas_url(identifier, image)}#{part}"


def _annotations(identifier: str, hits: list[Hit]) -> list[tuple[str, Hit, list[tuple[str, str]]]]:
    """For each hit its own name, and the id and target of an annotation for each of its parts."""
    base = f"{addresses.search_url(identifier)}/hit"
    found = []
    for number, hit in enumerate(hits, 1):
        image = hit.canvas.image_identifier
        parts = [(f"{base}/{number}-{n}", _target_part(identifier, image, part)) for n, part in enumerate(hit.parts, 1)]
        found.append((f"{base}/{number}", hit, parts))
    return found


def version_2(identifier: str, address: str, hits: list[Hit]) -> dict[str, Any]:
    """Content Search 2.0, sections 3.2 to 3.4: hits, and a page that puts each into its context."""
    items, contexts = [], []
    for name, hit, parts in _annotations(identifier, hits):
        for key, target in parts:
            items.append(
                {
                    "id": key,
                    "type": "Annotation",
                    "motivation": "supplementing",
                    "body": {"type": "TextualBody", "value": hit.exact, "format": "text/plain"},
                    "target": target,
                }
            )
        quote = {"type": "TextQuoteSelector", "prefix": hit.before, "exact": hit.exact, "suffix": hit.after}
        contexts.append(
            {
                "id": f"{name}/context",
                "type": "Annotation",
                "motivation": "contextualizing",
                "target": {"type": "SpecificResource", "source": parts[0][0], "selector": [quote]} if parts else name,
            }
        )
    document: dict[str, Any] = {"@context": CONTEXTS[2], "id": address, "type": "AnnotationPage", "items": items}
    if contexts:
        page = {"id": f"{address}&contexts", "type": "AnnotationPage", "items": contexts}
        document["annotations"] = [page]
    return document


def version_1(identifier: str, address: str, hits: list[Hit]) -> dict[str, Any]:
    """Content Search 1.0, sections 3.3 and 3.4: an annotation list with hits."""
    resources, rows = [], []
    for _name, hit, parts in _annotations(identifier, hits):
        for key, target in parts:
            resources.append(
                {
                    "@id": key,
                    "@type": "oa:Annotation",
                    "motivation": "sc:painting",
                    "resource": {"@type": "cnt:ContentAsText", "chars": hit.exact},
                    "on": target,
                }
            )
        rows.append(
            {
                "@type": "search:Hit",
                "annotations": [key for key, _target in parts],
                "match": hit.exact,
                "before": hit.before,
                "after": hit.after,
            }
        )
    return {
        "@context": ["http://iiif.io/api/presentation/2/context.json", CONTEXTS[1]],
        "@id": address,
        "@type": "sc:AnnotationList",
        "within": {"@type": "sc:Layer", "total": len(resources)},
        "startIndex": 0,
        "resources": resources,
        "hits": rows,
    }


def terms(identifier: str, version: int, start: str, found: list[tuple[str, int]]) -> dict[str, Any]:
    """The autocomplete answers of Content Search 2.0 (section 4.2) and 1.0 (section 4.2)."""
    address = f"{addresses.search_url(identifier, version)}/suggest?{urlencode({'q': start})}"
    if version == 2:
        items = [{"value": word, "total": count, "service": [_search(identifier, word)]} for word, count in found]
        return {"@context": CONTEXTS[2], "id": address, "type": "TermPage", "items": items}
    rows = [{"match": word, "count": count, "url": search_address(identifier, 1, word)} for word, count in found]
    return {"@context": CONTEXTS[1], "@id": address, "@type": "search:TermList", "terms": rows}


def _search(identifier: str, word: str) -> dict[str, Any]:
    return {"id": search_address(identifier, 2, word), "type": "SearchService2"}


def text_page(identifier: str, page: PageText) -> dict[str, Any]:
    """The lines of a canvas, each where it stands."""
    image = page.canvas.image_identifier
    address = f"{addresses.canvas_url(identifier, image)}/text"
    items = []
    for number, (text, box) in enumerate(lines_of(page), 1):
        body: dict[str, Any] = {"type": "TextualBody", "value": text, "format": "text/plain"}
        if page.language:
            body["language"] = page.language
        items.append(
            {
                "id": f"{address}/{number}",
                "type": "Annotation",
                "motivation": "supplementing",
                "body": body,
                "target": _target(identifier, image, box),
            }
        )
    return {"@context": PRESENTATION, "id": address, "type": "AnnotationPage", "items": items}


def lines_of(page: PageText) -> list[tuple[str, Box]]:
    """Each line of the page's text with the box around its words."""
    found, begin = [], 0
    for text in page.text.split("\n"):
        end = begin + len(text)
        boxes = [word[2:] for word in page.words if begin <= word[0] < end]
        begin = end + 1
        if boxes:
            left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
            right, bottom = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
            found.append((text, (left, top, right - left, bottom - top)))
    return found
