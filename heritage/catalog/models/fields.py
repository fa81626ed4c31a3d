"""A column that holds several choices at once, in their order, without a table of its own."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

SEPARATOR = ";"


if TYPE_CHECKING:

    class _TextOfMany(models.CharField[Any, list[str]]):
        _pyi_private_set_type: Any  # what the constructor of a model takes
else:
    _TextOfMany = models.CharField


class ChoiceListField(_TextOfMany):
    """Some of `choices` as a list: `["historical", "scenic"]`, stored as `;historical;scenic;`.

    The delimiters on both ends make `filter(types__has="scenic")` exact, and a covering index makes it quick on both
    databases, which a JSON column is not on SQLite.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs["blank"] = True
        kwargs["default"] = list
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        # Django compares each choice with max_length and the default with the choices; neither applies to a list.
        return [problem for problem in super().check(**kwargs) if problem.id != "fields.E009"]

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> list[str]:
        return self.to_python(value)

    def to_python(self, value: Any) -> list[str]:
        if not value:
            return []
        parts: Iterable[Any] = value.split(SEPARATOR) if isinstance(value, str) else value
        chosen = {str(part).strip() for part in parts if str(part).strip()}
        known = [key for key, _label in self.flatchoices]
        return [key for key in known if key in chosen] + sorted(chosen.difference(known))

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, str) and value.startswith("%"):
            return value
        chosen = self.to_python(value)
        return f"{SEPARATOR}{SEPARATOR.join(chosen)}{SEPARATOR}" if chosen else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: list[str], model_instance: models.Model | None) -> None:
        known = {key for key, _label in self.flatchoices}
        for unknown in sorted(set(value) - known):
            raise ValidationError(_("%(value)s is not one of the choices."), params={"value": unknown})

    def run_validators(self, value: Any) -> None:
        """Length is bounded by the choices themselves."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.flatchoices,
            required=False,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=self.help_text,
            widget=kwargs.get("widget", forms.CheckboxSelectMultiple),
        )

    def labels(self, value: Iterable[str]) -> list[str]:
        """The translated labels of `value`, in the order of the choices."""
        by_key = dict(self.flatchoices)
        return [str(by_key.get(key, key)) for key in self.to_python(value)]


@ChoiceListField.register_lookup
class Has(models.Lookup):
    """`types__has="scenic"`: the list contains the choice."""

    lookup_name = "has"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, column_params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*column_params, f"%{SEPARATOR}{self.rhs}{SEPARATOR}%")

    def get_prep_lookup(self) -> str:
        """The key itself; `%` and `_` in it would match too much, and no key has them but `_`."""
        return str(self.rhs).replace("%", "")
