"""Sections: how a higher app adds to a lower app's page without the lower one knowing it.

    sections.register("catalog.record", Section("around-here", 50, "maps/sections/around_here.html", around_here))

and the record's template shows them all with `{% sections record %}`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest

Context = Callable[[HttpRequest, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Section:
    """One part of an object's page: shown in `order`; `context` returns None where there is nothing to show."""

    slug: str
    order: int
    template: str
    context: Context


_sections: dict[str, dict[str, Section]] = defaultdict(dict)


def register(model: str, section: Section) -> None:
    """Show `section` on the page of every `model` (lower-case label, `app.model`)."""
    _sections[model][section.slug] = section


def of(instance: models.Model) -> list[Section]:
    return sorted(_sections[instance._meta.label_lower].values(), key=lambda section: section.order)
