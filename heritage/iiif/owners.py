"""Owners: what a digital object can belong to, named by the apps that know it.

    owners.register("record", attach, may)

where `attach(number, digital_object)` connects the two, sets the object's access and unit to the owner's, and raises
`NoSuchOwnerError` where nothing has that number; `may(user, number)` says whether that user may give it scans. `attach`
is called inside the transaction that makes the object.
"""

from collections.abc import Callable
from typing import Any

from heritage.iiif.models import DigitalObject

Attach = Callable[[str, DigitalObject], None]
May = Callable[[Any, str], bool]


class NoSuchOwnerError(LookupError):
    """Nothing has this number; the message says so for the person who typed it."""


def _superusers_only(user: Any, _number: str) -> bool:
    return bool(user.is_superuser)


_owners: dict[str, Attach] = {}
_may: dict[str, May] = {}


def register(kind: str, attach: Attach, may: May = _superusers_only) -> None:
    _owners[kind], _may[kind] = attach, may


def may(user: Any, kind: str, number: str) -> bool:
    """Whether `user` may attach digital objects to the owner of that number.

    Raises:
        NoSuchOwnerError: no such kind is registered, or nothing of that kind has the number.
    """
    if kind not in _may:
        raise NoSuchOwnerError(f"{kind} {number}")
    return _may[kind](user, number)


def attach(kind: str, number: str, digital_object: DigitalObject) -> None:
    """Connect `digital_object` to the owner of that kind and number.

    Raises:
        NoSuchOwnerError: no such kind is registered, or nothing of that kind has the number.
    """
    if kind not in _owners:
        raise NoSuchOwnerError(f"{kind} {number}")
    _owners[kind](number, digital_object)
