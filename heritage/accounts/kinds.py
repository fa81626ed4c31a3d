"""Kinds of things to which a role may be confined; the app that knows them says which there are.

    kinds.register(Kind.choices)        # in an app's `ready()`

A model whose objects are of a kind names the column by its class attribute `kind_field`. Where a higher app knows of
what kind a lower one's objects are, it says so:

    kinds.follow(DigitalObject, "record_objects__record__kind")

An object that belongs to things of several kinds is of each of them; one that belongs to nothing is of none, and no
role that is confined to kinds reaches it.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models

Choices = list[tuple[str, Any]]
_choices: Choices = []
_followed: dict[type[models.Model], str] = {}


def register(choices: Iterable[tuple[str, Any]]) -> None:
    _choices[:] = [(str(value), label) for value, label in choices]


def choices() -> Choices:
    return list(_choices)


def follow(model: type[models.Model], path: str) -> None:
    """Let objects of `model` be of the kinds of what they belong to."""
    _followed[model] = path


def path_of(model: type[models.Model]) -> str:
    """The look-up from `model` to the kind of its objects, its own or that of what they belong to; "" for none."""
    if own := getattr(model, "kind_field", "") or _followed.get(model, ""):
        return str(own)
    for unit_field in getattr(model, "unit_fields", ()):
        prefix = str(unit_field).rpartition("__")[0]
        owner: Any = model
        for name in filter(None, prefix.split("__")):
            owner = owner._meta.get_field(name).related_model
        if prefix and (further := path_of(owner)):
            return f"{prefix}__{further}"
    return ""
