"""Resources: the kinds of objects that have a permanent number, and what of each the public may see.

    resources.register(Resource("catalog.record", "records", published, describe, json_ld))

Every public road (API, `/id/`, `/q/`, QR, labels, feeds) asks `published` here, so that what is private on one is
private on all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from heritage.core.models import Identifier
from heritage.core.models.identifier import State


@dataclass(frozen=True)
class Resource:
    """One kind of numbered object.

    Attributes:
        model: lower-case label, `catalog.record`.
        collection: its name in the API, `records`.
        published: what everybody may see, with all that `describe` needs already selected.
        describe: the object as the API's JSON, as plain values.
        json_ld: the object in schema.org's words (JSON-LD 1.1).
        title: its names by language.
        place: where it is, in a line of the language given, or "".
    """

    model: str
    collection: str
    published: Callable[[], QuerySet]
    describe: Callable[[Any], Any]
    json_ld: Callable[[Any], dict[str, Any]]
    title: Callable[[Any], dict[str, str]]
    place: Callable[[Any, str], str]


_resources: dict[str, Resource] = {}


def register(resource: Resource) -> None:
    _resources[resource.model] = resource


def every() -> list[Resource]:
    return list(_resources.values())


def of(model: str) -> Resource | None:
    """The resource of a model's lower-case label."""
    return _resources.get(model)


@dataclass(frozen=True)
class Found:
    """A number that leads to something public: the identifier, what kind of thing, and the thing."""

    identifier: Identifier
    resource: Resource
    instance: Model

    @property
    def number(self) -> str:
        return self.identifier.number


def published(identifier: Identifier) -> Found | None:
    """The public object of an identifier, or None where it is withdrawn, merged, or not published (yet)."""
    resource = _resources.get(identifier.model)
    if resource is None or identifier.state != State.ACTIVE:
        return None
    instance = resource.published().filter(pk=identifier.object_id).first()
    return Found(identifier, resource, instance) if instance is not None else None


def published_many(numbers: list[str]) -> list[Found]:
    """The public objects among `numbers`, in that order; two queries for each kind of object."""
    rows = {row.number: row for row in Identifier.objects.filter(number__in=numbers, state=State.ACTIVE)}
    found: dict[str, Found] = {}
    for resource in every():
        wanted = {row.object_id: row for row in rows.values() if row.model == resource.model}
        for instance in resource.published().filter(pk__in=wanted) if wanted else ():
            row = wanted[instance.pk]
            found[row.number] = Found(row, resource, instance)
    return [found[number] for number in dict.fromkeys(numbers) if number in found]
