"""One thing that can be done to many objects."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise

from heritage.accounts.roles import Action

Values = dict[str, Any]
"""The cleaned data of the action's form."""


@dataclass(frozen=True)
class BatchAction:
    """`now` and `then` say in words what stands there and what will; where both are the same nothing is done.

    `apply(object, values, user)` may raise ValidationError or LibraryError, which become the reason in the report.
    """

    name: str
    model: type[models.Model]
    label: str | Promise
    permission: Action
    now: Callable[[Any, Values], str]
    then: Callable[[Any, Values], str]
    apply: Callable[[Any, Values, Any], object]
    form: type[forms.Form] = forms.Form
    related: tuple[str, ...] = ()
    is_serious: bool = False

    def rows(self, keys: list[int]) -> models.QuerySet:
        """The objects with what `now` reads of them."""
        return self.model._default_manager.filter(pk__in=keys).prefetch_related(*self.related).order_by("pk")
