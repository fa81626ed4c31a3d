"""A form field that takes a scan by its image identifier: a list would hold every page of the archive."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from heritage.iiif.models import Canvas, DigitalObject


class ImageIdentifierField(forms.CharField):
    """Gives a `Canvas`; `user` must have a right to its object."""

    user: Any = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)

    def _may_change(self, canvas: Canvas) -> bool:
        policy = policy_registry.get_by_type(DigitalObject)
        return policy.user_has_permission_for_instance(self.user, "change", canvas.digital_object)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return Canvas.objects.filter(pk=value).values_list("image_identifier", flat=True).first() or ""
        return value

    def clean(self, value: Any) -> Canvas:
        text = super().clean(value)
        found = Canvas.objects.filter(image_identifier=text).select_related("digital_object").first()
        if found is None or not self._may_change(found):
            raise ValidationError(_("No scan that is yours has the image %(value)s.") % {"value": text})
        return found
