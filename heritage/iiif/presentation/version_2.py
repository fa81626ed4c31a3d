"""Manifests of the Presentation API 2.1, made from those of 3.0, for clients that know no newer one.

The canvases keep their names, so that what is found or written about one holds for the other.
"""

from typing import Any

from heritage.iiif import addresses

CONTEXT = "http://iiif.io/api/presentation/2/context.json"
IMAGE_CONTEXT = "http://iiif.io/api/image/2/context.json"
HINTS = {"paged", "individuals", "continuous"}

Document = dict[str, Any]


def manifest(identifier: str, third: Document) -> Document:
    """The manifest of an object by version 2.1; `third` is the one by version 3.0."""
    found: Document = {
        "@context": CONTEXT,
        "@id": addresses.manifest_2_url(identifier),
        "@type": "sc:Manifest",
        "label": values(third["label"]),
        **_descriptive(third),
        **_linking(third),
        "viewingDirection": third.get("viewingDirection", "left-to-right"),
        "sequences": [_sequence(identifier, third)],
    }
    if hint := [one for one in third.get("behavior", []) if one in HINTS]:
        found["viewingHint"] = hint[0]
    if structures := [part for one in third.get("structures", []) for part in _ranges(one)]:
        found["structures"] = structures
    return found


def values(texts: dict[str, list[str]]) -> Any:
    """A language map as version 2.1 has it: one text by itself, several each with its language."""
    found = [
        {"@value": text} if language == "none" else {"@value": text, "@language": language}
        for language, lines in texts.items()
        for text in lines
    ]
    return found[0]["@value"] if len(found) == 1 else found


def _descriptive(third: Document) -> Document:
    found: Document = {
        "metadata": [
            {"label": values(pair["label"]), "value": values(pair["value"])} for pair in third.get("metadata", [])
        ]
    }
    if "summary" in third:
        found["description"] = values(third["summary"])
    if "requiredStatement" in third:
        found["attribution"] = values(third["requiredStatement"]["value"])
    if "rights" in third:
        found["license"] = third["rights"]
    if "navDate" in third:
        found["navDate"] = third["navDate"]
    if "thumbnail" in third:
        found["thumbnail"] = _picture(third["thumbnail"][0])
    if logos := [one["id"] for agent in third.get("provider", []) for one in agent.get("logo", [])]:
        found["logo"] = logos[0]
    return found


def _linking(third: Document) -> Document:
    found: Document = {}
    for old, new in (("homepage", "related"), ("seeAlso", "seeAlso"), ("rendering", "rendering")):
        if links := [_link(one) for one in third.get(old, [])]:
            found[new] = links
    if service := [one for one in third.get("service", []) if one.get("@type") == "SearchService1"]:
        found["service"] = {key: value for key, value in service[0].items() if key != "@type"}
    return found


def _link(one: Document) -> Document:
    found = {"@id": one["id"], "format": one["format"], "label": values(one["label"])}
    return {**found, "profile": one["profile"]} if "profile" in one else found


def _sequence(identifier: str, third: Document) -> Document:
    found: Document = {
        "@id": f"{addresses.manifest_2_url(identifier).removesuffix('/manifest')}/sequence/normal",
        "@type": "sc:Sequence",
        "label": "normal",
        "canvases": [_canvas(identifier, one) for one in third["items"] if _is_paper(one)],
    }
    if "start" in third:
        found["startCanvas"] = third["start"].get("source", third["start"]["id"])
    return found


def _is_paper(canvas: Document) -> bool:
    """Whether it is a page, with its picture or missing; version 2.1 knows no sound, film or model."""
    return not canvas["items"] or _body(canvas)["type"] == "Image"


def _body(canvas: Document) -> Document:
    """What is painted on a canvas; of a choice the first."""
    body: Document = canvas["items"][0]["items"][0]["body"]
    return body["items"][0] if body["type"] == "Choice" else body


def _canvas(identifier: str, third: Document) -> Document:
    address = third["id"]
    images = [
        {
            "@id": one["id"],
            "@type": "oa:Annotation",
            "motivation": "sc:painting",
            "resource": _picture(one["body"]["items"][0] if one["body"]["type"] == "Choice" else one["body"]),
            "on": one["target"],
        }
        for page in third["items"]
        for one in page["items"]
    ]
    found: Document = {
        "@id": address,
        "@type": "sc:Canvas",
        "label": values(third["label"]),
        "height": third["height"],
        "width": third["width"],
        "images": images,
    }
    if "thumbnail" in third:
        found["thumbnail"] = _picture(third["thumbnail"][0])
    if any(page["id"] == f"{address}/text" for page in third.get("annotations", [])):
        place = addresses.list_2_url(identifier, address.rpartition("/")[2])
        found["otherContent"] = [{"@id": place, "@type": "sc:AnnotationList"}]
    return found


def _picture(third: Document) -> Document:
    """An image with its service of version 2; the address of the picture is the service's own."""
    (service,) = [one for one in third["service"] if one.get("@type") == "ImageService2"]
    made: Document = {"@context": IMAGE_CONTEXT, "@id": service["@id"], "profile": service["profile"]}
    if "service" in service:
        made["service"] = service["service"]
    size = third["id"].rsplit("/", 3)[1].replace("max", "full")
    return {
        "@id": f"{service['@id']}/full/{size}/0/default.jpg",
        "@type": "dctypes:Image",
        "format": third["format"],
        "height": third["height"],
        "width": third["width"],
        "service": made,
    }


def _ranges(third: Document) -> list[Document]:
    """A range and those below it, one after the other, as version 2.1 lists them."""
    found: Document = {"@id": third["id"], "@type": "sc:Range", "label": values(third["label"])}
    if canvases := [one["id"] for one in third["items"] if one["type"] != "Range"]:
        found["canvases"] = canvases
    parts = [one for one in third["items"] if one["type"] == "Range"]
    if parts:
        found["ranges"] = [one["id"] for one in parts]
    return [found, *(below for one in parts for below in _ranges(one))]


def annotation_list(identifier: str, image: str, page: Document) -> Document:
    """The lines of a canvas as an annotation list; `page` is the annotation page of version 3.0."""
    return {
        "@context": CONTEXT,
        "@id": addresses.list_2_url(identifier, image),
        "@type": "sc:AnnotationList",
        "resources": [
            {
                "@id": one["id"],
                "@type": "oa:Annotation",
                "motivation": "sc:painting",
                "resource": _text(one["body"]),
                "on": one["target"],
            }
            for one in page["items"]
        ],
    }


def _text(body: Document) -> Document:
    found = {"@type": "cnt:ContentAsText", "format": body["format"], "chars": body["value"]}
    return {**found, "language": body["language"]} if "language" in body else found
