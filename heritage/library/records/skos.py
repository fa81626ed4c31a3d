"""Subjects as concepts of SKOS; a Dewey number is the notation."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from heritage.core import skos
from heritage.core.addresses import absolute
from heritage.library.models import Subject


def scheme(subjects: Iterable[Subject]) -> dict[str, Any]:
    """The concept scheme with every subject, as JSON-LD."""
    return skos.as_json_ld(absolute(reverse("library_subjects")), map(_concept, subjects))


def _concept(subject: Subject) -> skos.Concept:
    labels = {"vi": subject.label_vi, "en": subject.label_en}
    above = (subject.broader.slug,) if subject.broader else ()
    return skos.Concept(subject.slug, labels, above, subject.notation)
