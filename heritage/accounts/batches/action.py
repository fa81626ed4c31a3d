"""One thing that can be done to many objects."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.functional import Promise

from heritage.accounts.roles import Action

Values = dict[str, Any]
"""The cleaned data of the action's form."""
Problems = dict[int, str]
"""By primary key, why an object stays as it is."""
LOGGED = "accounts.batch"
"""The entry in an object's history."""


class RefusedError(Exception):
    """Why an object stays as it is, in words for whoever ordered the batch."""


class BatchForm(forms.Form):
    """What is to be done; told who asks, so that it offers only what they reach, and with which objects.

    A job that carries out what was confirmed names no `keys`.
    """

    def __init__(self, *args: Any, user: Any = None, keys: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.keys = user, keys


def _nothing(_instance: Any, _values: Values, _user: Any) -> None:
    """What `apply` is where `apply_many` does it."""


@dataclass(frozen=True)
class BatchAction:
    """`now` and `then` say in words what stands there and what will; where both are the same nothing is done.

    `apply(object, values, user)` may raise ValidationError or RefusedError, which become the reason in the report.
    `apply_many(objects, values, user, told)` does a whole step instead, history included (`told` is for it), and
    returns the reasons. `snapshot` is what an undoing needs of an object, as JSON; `undo(object, snapshot, user)`
    brings that back.
    """

    name: str
    model: type[models.Model]
    label: str | Promise
    permission: Action
    now: Callable[[Any, Values], str]
    then: Callable[[Any, Values], str]
    apply: Callable[[Any, Values, Any], object] = _nothing
    apply_many: Callable[[list[Any], Values, Any, dict[int, dict[str, Any]]], Problems] | None = None
    form: type[forms.Form] = forms.Form
    related: tuple[str, ...] = ()
    prepared: Callable[[models.QuerySet], models.QuerySet] | None = None
    snapshot: Callable[[Any, Values], Any] | None = None
    undo: Callable[[Any, Any, Any], object] | None = None
    step: int = 20
    is_serious: bool = False

    def rows(self, keys: list[int]) -> models.QuerySet:
        """The objects with what `now` reads of them."""
        found = self.model._default_manager.filter(pk__in=keys).prefetch_related(*self.related).order_by("pk")
        return self.prepared(found) if self.prepared else found


def bound(action: BatchAction, values: Mapping[str, Any], user: Any) -> forms.Form:
    """The action's form with raw `values`, each a text or a list of texts."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    told = {"user": user} if issubclass(action.form, BatchForm) else {}
    return action.form(data, **told)
