"""JSON Schemas (draft 7) written for these tests from the sentences of OPDS 2.0, Authentication for OPDS 1.0, OPDS
Progression 1.0 and Readium's Web Publication Manifest; each part says what it stands for.
"""

from typing import Any

TEXT = {"type": "string", "minLength": 1}
TITLE = {"anyOf": [TEXT, {"type": "object", "minProperties": 1, "additionalProperties": TEXT}]}
MOMENT = {"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d\d-\d\dT"}
WHOLE = {"type": "integer", "minimum": 0}
ADDRESS = {"type": "string", "pattern": "^https?://"}


def _all_of(shape: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": shape, "required": list(required)}


def _list(item: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": 1, **more}


def _with_rel(*rels: str) -> dict[str, Any]:
    """A list that has a link with one of these relations."""
    return {"contains": {"required": ["rel"], "properties": {"rel": {"enum": list(rels)}}}}


# OPDS 2.0, section 5.3: what a link to a title says of its copies and of waiting for them
PROPERTIES = _all_of(
    {
        "numberOfItems": WHOLE,
        "availability": _all_of(
            {
                "state": {"enum": ["available", "unavailable", "reserved", "ready"]},
                "since": MOMENT,
                "until": MOMENT,
            },
            "state",
        ),
        "copies": _all_of({"total": WHOLE, "available": WHOLE}),
        "holds": _all_of({"total": WHOLE, "position": WHOLE}),
        "indirectAcquisition": _list(_all_of({"type": TEXT}, "type")),
        "authenticate": _all_of({"href": ADDRESS, "type": {"const": "application/opds-authentication+json"}}, "href"),
    }
)
# Web Publication Manifest, section 2.4: a link has an address, and the type of what is there
LINK = _all_of(
    {
        "href": TEXT,
        "type": {"type": "string", "pattern": "^[a-z]+/[^ ]+"},
        "rel": TEXT,
        "title": TEXT,
        "templated": {"type": "boolean"},
        "duration": {"type": "number", "exclusiveMinimum": 0},
        "bitrate": {"type": "number", "exclusiveMinimum": 0},
        "width": {"type": "integer", "minimum": 1},
        "height": {"type": "integer", "minimum": 1},
        "properties": PROPERTIES,
    },
    "href",
)
PEOPLE = _list(_all_of({"name": TITLE, "identifier": TEXT}, "name"))
ROLES = ("author", "translator", "editor", "illustrator", "narrator", "contributor", "publisher")
# Web Publication Manifest, section 3: a title is required, people have names
METADATA = _all_of(
    {
        "@type": ADDRESS,
        "identifier": TEXT,
        "title": TITLE,
        "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
        "modified": MOMENT,
        "published": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d"},
        "description": TEXT,
        "subject": _list(TEXT),
        "duration": {"type": "number", "exclusiveMinimum": 0},
        **dict.fromkeys(ROLES, PEOPLE),
    },
    "title",
)
ACQUISITION = "http://opds-spec.org/acquisition"
# OPDS 2.0, section 5: a publication has a title and at least one acquisition link; a picture in a common format
PUBLICATION = _all_of(
    {
        "metadata": METADATA,
        "links": _list(LINK, **_with_rel(ACQUISITION, f"{ACQUISITION}/open-access", f"{ACQUISITION}/borrow")),
        "images": _list(LINK, contains=_all_of({"type": {"enum": ["image/jpeg", "image/png", "image/gif"]}}, "type")),
    },
    "metadata",
    "links",
)
FEED_METADATA = _all_of(
    {
        "title": TEXT,
        "numberOfItems": WHOLE,
        "itemsPerPage": {"type": "integer", "minimum": 1},
        "currentPage": {"type": "integer", "minimum": 1},
    },
    "title",
)
NAMED = {"allOf": [LINK, {"required": ["title"]}]}
# OPDS 2.0, section 2: a feed has a title, a link to itself, and publications, navigation (with titles) or groups
FEED = _all_of(
    {
        "metadata": FEED_METADATA,
        "links": _list(LINK, uniqueItems=True, **_with_rel("self")),
        "publications": _list(PUBLICATION),
        "navigation": _list(NAMED),
        "facets": _list(_all_of({"metadata": FEED_METADATA, "links": _list(NAMED)}, "metadata", "links")),
    },
    "metadata",
    "links",
) | {"anyOf": [{"required": [name]} for name in ("publications", "navigation", "groups")]}
TYPED = {"allOf": [LINK, {"required": ["type"]}]}
# Web Publication Manifest, section 2: context, links with itself, a reading order whose parts say their type
MANIFEST = _all_of(
    {
        "@context": {"const": "https://readium.org/webpub-manifest/context.jsonld"},
        "metadata": METADATA,
        "links": _list(LINK, **_with_rel("self")),
        "readingOrder": _list(TYPED),
        "resources": _list(TYPED),
        "toc": _list(NAMED),
    },
    "@context",
    "metadata",
    "links",
    "readingOrder",
)
# Readium's audiobook profile: sound only, each with its duration, none with a fragment
SOUND = _all_of({"type": {"pattern": "^audio/"}, "href": {"pattern": "^[^#]+$"}}, "type", "href", "duration")
AUDIOBOOK = {
    "allOf": [
        MANIFEST,
        _all_of(
            {
                "metadata": _all_of(
                    {"conformsTo": {"const": "https://readium.org/webpub-manifest/profiles/audiobook"}},
                    "conformsTo",
                    "duration",
                ),
                "readingOrder": _list(SOUND),
            }
        ),
    ]
}
# Authentication for OPDS 1.0, section 2
AUTHENTICATION = _all_of(
    {
        "id": ADDRESS,
        "title": TEXT,
        "description": TEXT,
        "links": _list(LINK, uniqueItems=True),
        "authentication": _list(_all_of({"type": ADDRESS, "labels": {"additionalProperties": TEXT}}, "type")),
    },
    "id",
    "title",
    "authentication",
)
# OPDS Progression 1.0
PROGRESSION = _all_of(
    {
        "title": TEXT,
        "modified": MOMENT,
        "device": _all_of(
            {"id": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:"}, "name": TEXT}, "id", "name"
        ),
        "progression": {"type": "number", "minimum": 0, "maximum": 1},
        "references": _list(TEXT),
    },
    "modified",
    "device",
    "progression",
)
