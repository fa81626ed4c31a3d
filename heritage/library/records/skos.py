"""Subjects as SKOS (W3C SKOS Reference) in JSON-LD."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from heritage.core.addresses import absolute
from heritage.library.models import Subject

CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "notation": "skos:notation",
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
}


def scheme(subjects: Iterable[Subject]) -> dict[str, Any]:
    """The concept scheme with every subject; a Dewey number is its notation."""
    whole = absolute(reverse("library_subjects"))
    return {
        "@context": CONTEXT,
        "@graph": [{"@id": whole, "@type": "skos:ConceptScheme"}, *(_concept(whole, one) for one in subjects)],
    }


def _concept(whole: str, subject: Subject) -> dict[str, Any]:
    labels = {"vi": subject.label_vi} | ({"en": subject.label_en} if subject.label_en else {})
    return {
        "@id": f"{whole}#{subject.slug}",
        "@type": "skos:Concept",
        "prefLabel": labels,
        "inScheme": whole,
        **({"notation": subject.notation} if subject.notation else {}),
        **({"broader": f"{whole}#{subject.broader.slug}"} if subject.broader else {}),
    }
