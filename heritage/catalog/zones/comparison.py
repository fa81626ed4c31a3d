"""Two revisions of a boundary, drawn on one plan: what was dashed, what is filled."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, register_comparison_class

from heritage.catalog.templatetags.zones import square_metres
from heritage.places.fields import GeometryField
from heritage.places.geometry import drawing, measuring, shapes


class BoundaryComparison(FieldComparison):
    def htmldiff(self) -> Any:
        before, after = _area(self.val_a), _area(self.val_b)
        if before is None and after is None:
            return ""
        drawn = []
        if self.val_a != self.val_b and before is not None:
            drawn.append((before, "was", ""))
        if after is not None:
            drawn.insert(0, (after, "is" if self.val_a != self.val_b else "same", ""))
        sizes = [_size(before)] if self.val_a == self.val_b else [_size(before), _size(after)]
        try:
            plan = drawing.plan(drawn)
        except (ValueError, ZeroDivisionError):  # a draft may hold what could never be published
            plan = None
        return render_to_string("catalog/zones/comparison.html", {"plan": plan, "sizes": sizes})


def _area(value: Any) -> shapes.Area | None:
    try:
        return shapes.read(value) if value else None
    except shapes.BadGeometryError:
        return None


def _size(area: shapes.Area | None) -> Any:
    if area is None:
        return _("no boundary")
    return f"{square_metres(measuring.area_m2(area))} m²"


def register() -> None:
    register_comparison_class(GeometryField, comparison_class=BoundaryComparison)
