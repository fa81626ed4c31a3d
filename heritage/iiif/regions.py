"""Regions that people mark: on a page a rectangle, a point or the corners of a shape, in a recording a span of time.

Written `left,top,width,height`, `x,y`, or `x,y x,y x,y` and more corners, in pixels of the canvas; `t=12.5,20` in
seconds.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

MAX_CORNERS = 50
_PAIR = "[0-9]{1,7},[0-9]{1,7}"
_RECTANGLE = f"{_PAIR},[1-9][0-9]{{0,6}},[1-9][0-9]{{0,6}}"
_SHAPE = f"{_PAIR}(?: {_PAIR}){{2,{MAX_CORNERS - 1}}}"
_SECONDS = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
_TIME = f"t={_SECONDS},{_SECONDS}"
REGION = re.compile(rf"\A(?:{_RECTANGLE}|{_PAIR}|{_SHAPE}|{_TIME})\Z")
validate = RegexValidator(
    REGION.pattern,
    _(
        "A region is left,top,width,height in pixels of the page, a point x,y, or 3 to 50 corners x,y apart by spaces; "
        "in a recording t=from,to in seconds."
    ),
)


def check(region: str, width: int, height: int, duration: float = 0) -> None:
    """Whether a well-formed region lies on a page of `width` x `height` pixels, or within `duration` seconds.

    Raises:
        ValidationError: it does not.
    """
    if region.startswith("t="):
        begin, end = map(float, region[2:].split(","))
        if not begin < end <= duration:
            raise ValidationError(
                _("The recording lasts %(seconds)s seconds; the span must lie in it.") % {"seconds": f"{duration:g}"}
            )
        return
    numbers = _numbers(region)
    if _is_rectangle(region):
        left, top, across, down = numbers
        is_within = left + across <= width and top + down <= height
    else:
        is_within = all(x <= width for x in numbers[::2]) and all(y <= height for y in numbers[1::2])
    if not is_within:
        size = {"width": width, "height": height}
        raise ValidationError(_("The page measures %(width)s × %(height)s pixels; the region must lie on it.") % size)


def target(canvas: str, region: str) -> str | dict[str, Any]:
    """The target of an annotation on a canvas (Presentation API 3.0, 5.7; Web Annotation Data Model, 4.2)."""
    if not region:
        return canvas
    if region.startswith("t="):
        return f"{canvas}#{region}"
    if _is_rectangle(region):
        return f"{canvas}#xywh={region}"
    return {"type": "SpecificResource", "source": canvas, "selector": _selector(_numbers(region))}


def target_of(source: dict[str, Any], region: str) -> dict[str, Any]:
    """The same for an annotation that stands by itself, whose `source` says which manifest the canvas is part of."""
    if not region:
        return source
    is_fragment = region.startswith("t=") or _is_rectangle(region)
    value = region if region.startswith("t=") else f"xywh={region}"
    selector = {"type": "FragmentSelector", "value": value} if is_fragment else _selector(_numbers(region))
    return {"type": "SpecificResource", "source": source, "selector": selector}


def _selector(numbers: list[int]) -> dict[str, Any]:
    if len(numbers) == 2:
        return {"type": "PointSelector", "x": numbers[0], "y": numbers[1]}
    corners = [f"{x},{y}" for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    path = f"<path d='M{' L'.join(corners)} Z'/>"
    return {"type": "SvgSelector", "value": f"<svg xmlns='http://www.w3.org/2000/svg'>{path}</svg>"}


def box(region: str) -> str:
    """The rectangle around a region as `left,top,width,height`; "" for none, and for a span of time."""
    if region.startswith("t="):
        return ""
    if not region or _is_rectangle(region):
        return region
    numbers = _numbers(region)
    across, down = numbers[::2], numbers[1::2]
    left, top = min(across), min(down)
    return f"{left},{top},{max(max(across) - left, 1)},{max(max(down) - top, 1)}"


def _numbers(region: str) -> list[int]:
    return [int(number) for number in re.split("[ ,]", region)]


def _is_rectangle(region: str) -> bool:
    return " " not in region and region.count(",") == 3
