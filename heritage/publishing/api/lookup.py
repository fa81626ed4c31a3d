"""One object by its permanent number, or the tombstone it left."""

from typing import Any

from django.http import HttpRequest

from heritage.core.models import Identifier
from heritage.core.models.identifier import State
from heritage.publishing import resources
from heritage.publishing.api import describe
from heritage.publishing.api.answers import json_answer
from heritage.publishing.api.problems import Problem, refuse_unknown

LONGEST_NUMBER = 40


def find(number: str) -> Identifier | None:
    """The identifier of `number`, however its letters are cased."""
    if len(number) > LONGEST_NUMBER or "\x00" in number:
        return None
    return Identifier.objects.select_related("successor").filter(number=number.upper()).first()


def tombstone(identifier: Identifier) -> dict[str, Any]:
    """What is left of a withdrawn or merged number. A successor that is not public is not named."""
    reason = {"vi": identifier.reason_vi, "en": identifier.reason_en}
    successor = living_successor(identifier)
    return {
        "number": identifier.number,
        "state": identifier.state,
        "reason": {language: text for language, text in reason.items() if text},
        "since": identifier.changed_at.isoformat(),
        "successor": describe.permanent(successor.number) if successor else None,
        "successor_number": successor.number if successor else None,
    }


def living_successor(identifier: Identifier) -> Identifier | None:
    """What it was merged into, over several merges, if that is public."""
    seen = set()
    while identifier.successor_id is not None and identifier.pk not in seen:
        seen.add(identifier.pk)
        identifier = identifier.successor  # type: ignore[assignment]
    return identifier if seen and resources.published(identifier) else None


def one_published(request: HttpRequest, collection: str, number: str) -> Any:
    """The object of `number` in `collection`; 410 with its tombstone where it was withdrawn or merged.

    Raises:
        Problem: 404, also for what is not published.
    """
    refuse_unknown(request, ())
    identifier = find(number)
    resource = resources.of(identifier.model) if identifier else None
    if identifier and resource and resource.collection == collection:
        if identifier.state != State.ACTIVE:
            return json_answer(tombstone(identifier), 410)
        if found := resources.published(identifier):
            return resource.describe(found.instance)
    raise Problem(404, f"number: nothing in {collection} has this number", [("number", "unknown number")])
