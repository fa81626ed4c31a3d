"""Which items a harvest yields, in batches that go on where the last one ended.

Items go by collection and primary key, so that what changes during a harvest neither shifts the rest nor is lost.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from heritage.core.models import Identifier
from heritage.core.models.identifier import State
from heritage.publishing import resources
from heritage.publishing.oai import dublin_core
from heritage.publishing.oai.protocol import PREFIX, OaiError, stamp, window
from heritage.publishing.resources import Resource

BATCH = 100
SALT = "heritage.publishing.oai"
TOKEN_LIVES = dt.timedelta(hours=24)


@dataclass(frozen=True)
class Item:
    """One entry of the repository; `instance` is None where it is deleted."""

    number: str
    stamp: dt.datetime
    sets: tuple[str, ...]
    resource: Resource
    instance: Model | None


@dataclass(frozen=True)
class Harvest:
    """What is asked for and where it goes on: after `last` in the collection number `stage`."""

    begin: str = ""
    end: str = ""
    set: str = ""
    stage: int = 0
    last: int = 0
    done: int = 0
    total: int = 0

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> "Harvest":
        """The harvest that arguments begin or go on with.

        Raises:
            OaiError: the token is not ours or too old; the format or set does not exist.
        """
        if token := arguments.get("resumptionToken"):
            try:
                return cls(**signing.loads(token, salt=SALT, max_age=TOKEN_LIVES))
            except (signing.BadSignature, TypeError):
                raise OaiError("badResumptionToken", "the token is unknown or older than a day") from None
        if arguments["metadataPrefix"] != PREFIX:
            raise OaiError("cannotDisseminateFormat", f"only {PREFIX} is offered")
        if arguments.get("set") and arguments["set"] not in sets():
            raise OaiError("noRecordsMatch", "there is no such set; ListSets names them")
        begin, end = window(arguments)
        return cls(begin.isoformat() if begin else "", end.isoformat() if end else "", arguments.get("set", ""))

    @property
    def token(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)


def sets() -> dict[str, str]:
    """Sets by their specification, with a name: one for each collection, and one for each kind within it."""
    found: dict[str, str] = {}
    for resource in resources.every():
        found[resource.collection] = resource.collection.capitalize()
        for kind, label in _kinds(resource):
            found[f"{resource.collection}:{kind}"] = f"{resource.collection.capitalize()}: {label}"
    return found


def _kinds(resource: Resource) -> list[tuple[str, str]]:
    model = resource.published().model
    names = [field.name for field in model._meta.fields]
    return (
        [(str(key), str(label)) for key, label in model._meta.get_field("kind").flatchoices] if "kind" in names else []
    )  # type: ignore[union-attr]


def batch(harvest: Harvest) -> tuple[list[Item], Harvest | None]:
    """The next items and how to go on, None at the end."""
    stages = [resource for resource in resources.every() if _is_in(resource, harvest.set)]
    if not harvest.total:
        harvest = replace(harvest, total=sum(_rows(resource, harvest).count() for resource in stages))
    items: list[Item] = []
    while harvest.stage < len(stages) and len(items) < BATCH:
        resource = stages[harvest.stage]
        room = BATCH - len(items)
        rows = list(_rows(resource, harvest).filter(pk__gt=harvest.last).order_by("pk")[: room + 1])
        items += _items(resource, rows[:room])
        if len(rows) > room:
            harvest = replace(harvest, last=rows[room - 1].pk, done=harvest.done + room)
            return items, harvest
        harvest = replace(harvest, stage=harvest.stage + 1, last=0, done=harvest.done + len(rows))
    is_left = any(_rows(resource, harvest).exists() for resource in stages[harvest.stage :])
    return items, harvest if is_left else None


def one(number: str) -> Item | None:
    """The item of a number, deleted ones too; None for what was never public."""
    row = Identifier.objects.filter(number=number).first()
    resource = resources.of(row.model) if row else None
    if row is None or resource is None:
        return None
    rows = list(_ever_public(resource).filter(pk=row.object_id))
    return next(iter(_items(resource, rows)), None)


def earliest() -> str:
    """The day before which nothing was issued."""
    first = Identifier.objects.order_by("issued_at").values_list("issued_at", flat=True).first()
    return stamp(first or timezone.now())


def _is_in(resource: Resource, wanted: str) -> bool:
    return not wanted or wanted.partition(":")[0] == resource.collection


def _ever_public(resource: Resource) -> QuerySet[Any]:
    """What is public, and what once was: published before, or withdrawn with a tombstone."""
    gone = Identifier.objects.filter(model=resource.model).exclude(state=State.ACTIVE).values("object_id")
    model = resource.published().model
    return model._default_manager.filter(Q(live=True) | Q(first_published_at__isnull=False) | Q(pk__in=gone))


def _rows(resource: Resource, harvest: Harvest) -> QuerySet[Any]:
    rows = _ever_public(resource)
    kind = harvest.set.partition(":")[2]
    if kind:
        rows = rows.filter(kind=kind)
    changed = Identifier.objects.filter(model=resource.model).exclude(state=State.ACTIVE)
    own = ~Q(pk__in=changed.values("object_id"))
    if harvest.begin:
        own &= Q(modified_at__gte=harvest.begin)
        changed = changed.filter(changed_at__gte=harvest.begin)
    if harvest.end:
        own &= Q(modified_at__lt=harvest.end)
        changed = changed.filter(changed_at__lt=harvest.end)
    return rows.filter(own | Q(pk__in=changed.values("object_id"))) if harvest.begin or harvest.end else rows


def _items(resource: Resource, rows: list[Any]) -> list[Item]:
    pks = [row.pk for row in rows]
    instances = list(resource.published().filter(pk__in=pks))
    dublin_core.prefetch(resource, instances)
    public = {instance.pk: instance for instance in instances}
    issued = {one.object_id: one for one in Identifier.objects.filter(model=resource.model, object_id__in=pks)}
    return [_item(resource, row, public.get(row.pk), issued[row.pk]) for row in rows if row.pk in issued]


def _item(resource: Resource, row: Any, instance: Model | None, issued: Identifier) -> Item:
    is_active = issued.state == State.ACTIVE
    stamp = row.modified_at if is_active else max(row.modified_at, issued.changed_at)
    kind = getattr(row, "kind", "")
    specs = (resource.collection, f"{resource.collection}:{kind}") if kind else (resource.collection,)
    return Item(issued.number, stamp, specs, resource, instance if is_active else None)
