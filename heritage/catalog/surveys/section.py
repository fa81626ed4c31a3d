"""The published condition of a record, as a section of its page."""

from typing import Any

from django.http import HttpRequest

from heritage.catalog.models import Record
from heritage.catalog.surveys.queries import public_condition
from heritage.core.sections import Section


def _context(request: HttpRequest, record: Record) -> dict[str, Any] | None:
    return public_condition(record) if record.pk else None


SECTION = Section("condition", 55, "catalog/record/condition.html", _context)
