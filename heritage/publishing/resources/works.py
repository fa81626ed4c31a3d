"""Books of the library as everybody may have them; files and lending stay with the library's own pages."""

from typing import Any

from django.db.models import QuerySet

from heritage.core import languages
from heritage.library import queries
from heritage.library.models import EditionKind, Work
from heritage.publishing.api import describe


def published() -> QuerySet[Work]:
    """Published works with all that `in_list` reads."""
    return queries.published().select_related("cover").prefetch_related("contributors", "editions", "subjects")


def title(work: Work) -> dict[str, str]:
    return languages.pair(work, "title")


def place(work: Work, language: str) -> str:
    """Who made it, which stands on a book's label where a place stands on a monument's."""
    return ", ".join(contributor.name for contributor in work.contributors.all()[:3])


def in_list(work: Work, code: str | None) -> dict[str, Any]:
    """A work as lists of the API give it."""
    pages = describe.pages(work)
    return {
        "number": work.number,
        "title": title(work),
        "description": languages.pair(work, "description"),
        "contributors": [{"name": one.name, "role": one.role} for one in work.contributors.all()],
        "language": work.language,
        "audience": work.audience,
        "publication_year": work.publication_year,
        "licence": work.licence,
        "is_sample": work.is_sample,
        "subjects": [languages.pair(subject, "label") for subject in work.subjects.all()],
        "editions": [edition(one) for one in work.editions.all() if one.access != "staff"],
        "id": describe.permanent(work.number),
        "short_url": describe.short(code),
        "qr": describe.qr(work.number),
        "url": pages["vi"],
        "pages": pages,
        "modified": work.modified_at.isoformat(),
    }


def edition(one: Any) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "format": one.format or None,
        "media_type": one.media_type or None,
        "language": one.language,
        "access": one.access,
        "isbn": one.isbn or None,
        "duration_s": one.duration_s,
    }


def describe_one(work: Work) -> dict[str, Any]:
    return in_list(work, describe.codes([work]).get(work.pk))


ROLES = {
    "aut": "author",
    "trl": "translator",
    "edt": "editor",
    "ill": "illustrator",
    "nrt": "readBy",
    "pbl": "publisher",
}
"""schema.org's property by MARC relator code."""

FORMATS = {EditionKind.EBOOK: "EBook", EditionKind.AUDIOBOOK: "AudiobookFormat"}


def json_ld(work: Work) -> dict[str, Any]:
    """The work as a schema.org Book with its editions."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Book",
        "@id": describe.permanent(work.number),
        "identifier": work.number,
        "url": describe.pages(work)[languages.current()],
        "name": languages.in_language(work, "title"),
        "description": languages.in_language(work, "description"),
        "inLanguage": work.language,
        "datePublished": str(work.publication_year) if work.publication_year else None,
        "image": describe.cover(work),
        "about": [languages.in_language(subject, "label") for subject in work.subjects.all()],
        "workExample": [_example(one) for one in work.editions.all() if one.access != "staff"],
    }
    for role, name in ROLES.items():
        found[name] = [{"@type": "Person", "name": one.name} for one in work.contributors.all() if one.role == role]
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _example(one: Any) -> dict[str, Any]:
    kind = "Audiobook" if one.kind == EditionKind.AUDIOBOOK else "Book"
    values = {
        "@type": kind,
        "bookFormat": f"https://schema.org/{FORMATS[one.kind]}" if one.kind in FORMATS else None,
        "isbn": one.isbn,
        "encodingFormat": one.media_type,
        "isAccessibleForFree": True if one.access == "open" else None,
    }
    return {name: value for name, value in values.items() if value}
