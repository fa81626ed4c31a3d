"""Template tags of iiif."""

from collections.abc import Iterable
from typing import Any

from django import template

from heritage.iiif import addresses, viewing
from heritage.iiif.models import DigitalObject

register = template.Library()


@register.inclusion_tag("iiif/viewer.html", takes_context=True)
def scans(context: template.Context, objects: Iterable[DigitalObject]) -> dict[str, Any]:
    """`{% scans record.digital_objects.all %}`: a viewer for each object that this visitor may see."""
    request = context["request"]
    return {"shown": viewing.shown(request, objects), "request": request}


@register.simple_tag
def image_url(image_identifier: str, size: str = "!400,400") -> str:
    """`{% image_url canvas.image_identifier "!160,160" %}`: the path of a JPEG of that image."""
    return f"{addresses.image_path(image_identifier)}/full/{size}/0/default.jpg"
