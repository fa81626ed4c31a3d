"""A column that holds an area: a GeoJSON geometry (RFC 7946) in degrees of WGS 84, the same on every database."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from heritage.places.geometry import checking, shapes

LONGEST = 4_000_000


def sound(value: Any) -> dict[str, Any]:
    """`value` as it is stored.

    Raises:
        ValidationError: with every reason why it cannot stand, each with its code.
    """
    try:
        area = shapes.read(value)
        checking.refuse_unless_sound(area)
    except shapes.BadGeometryError as error:
        raise as_validation_error(error) from error
    return shapes.write(area)


def as_validation_error(error: shapes.BadGeometryError) -> ValidationError:
    return ValidationError([ValidationError(problem.message, code=problem.code) for problem in error.problems])


class GeometryFormField(forms.CharField):
    """GeoJSON as text; what is typed wrongly comes back as it was typed, with the reason."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        super().__init__(**kwargs)
        self.max_length = LONGEST

    def prepare_value(self, value: Any) -> Any:
        return json.dumps(value, separators=(",", ":")) if isinstance(value, dict) else value

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").strip()
        if not text:
            return None
        if len(text) > LONGEST:
            raise ValidationError(_("The geometry is too long; simplify it before importing."), code="size")
        try:
            return sound(json.loads(text))
        except (ValueError, RecursionError) as error:
            message = _("This is no GeoJSON: an object with “type” and “coordinates” is expected.")
            raise ValidationError(message, code="format") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial if isinstance(initial, str) else self.prepare_value(initial) or "") != (
                self.to_python(data or "")
            )
        except ValidationError:
            return True


class GeometryField(models.JSONField):
    """A polygon or multipolygon, or None."""

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if value is not None:
            sound(value)

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", GeometryFormField)
        return super().formfield(**kwargs)
