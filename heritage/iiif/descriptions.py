"""Descriptions: what other apps know about a digital object, for its manifest.

    descriptions.register("catalog", describe)

`describe(objects)` is asked for many objects at once and returns a `Description` by primary key for those it knows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from heritage.iiif.models import DigitalObject

Texts = Mapping[str, str]
"""One text by language: `{"vi": "Chùa Keo", "en": "Keo Pagoda"}`."""


@dataclass(frozen=True)
class Pair:
    """One line of a manifest's `metadata`."""

    label: Texts
    value: Texts


@dataclass(frozen=True)
class Link:
    """A `homepage`, `seeAlso` or `rendering`: an absolute URL, its media type and its name by language."""

    url: str
    format: str
    label: Texts
    profile: str = ""
    language: str = ""


@dataclass(frozen=True)
class Description:
    """What an owner says of an object."""

    name: Texts = field(default_factory=dict)
    metadata: tuple[Pair, ...] = ()
    homepages: tuple[Link, ...] = ()
    see_also: tuple[Link, ...] = ()
    renderings: tuple[Link, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


Describe = Callable[[list[DigitalObject]], Mapping[int, Description]]

_describers: dict[str, Describe] = {}


def register(name: str, describe: Describe) -> None:
    _describers[name] = describe


def of_many(objects: Iterable[DigitalObject]) -> dict[int, Description]:
    """The joined description of each object, by primary key; an object nobody knows has an empty one."""
    objects = list(objects)
    found = {obj.pk: Description() for obj in objects}
    for describe in _describers.values():
        for pk, description in describe(objects).items():
            found[pk] = _joined(found[pk], description)
    return found


def of(digital_object: DigitalObject) -> Description:
    return of_many([digital_object])[digital_object.pk]


def _joined(first: Description, second: Description) -> Description:
    return Description(
        name=first.name or second.name,
        metadata=first.metadata + second.metadata,
        homepages=first.homepages + second.homepages,
        see_also=first.see_also + second.see_also,
        renderings=first.renderings + second.renderings,
        latitude=first.latitude if first.latitude is not None else second.latitude,
        longitude=first.longitude if first.longitude is not None else second.longitude,
    )
