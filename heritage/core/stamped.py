"""Titles of a list's rows with their buttons, drawn once for a page and written for each row."""

import re
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, TitleColumn

KEY = 8_999_999_999_999_999_937
"""Stands for a row's key in what is drawn once; no table has so many rows."""
NAME, WHOLE = "\ue000", "\ue001"
"""Stand for the title and for the whole object in words: signs of private use (Unicode, section 23.5)."""
STANDING = re.compile(f"{KEY}|{NAME}|{WHOLE}")


class _StandIn:
    pk = KEY

    def __str__(self) -> str:
        return WHOLE


class _DrawnOnce(BaseColumn):
    """The cell of a stand-in row, as Wagtail draws it: once for a page, with which a column lives."""

    def drawn(self, parent_context: Any) -> str:
        if not hasattr(self, "_drawn"):
            self._drawn = super().render_cell_html(_StandIn(), parent_context)
        return self._drawn


class StampedTitleColumn(_DrawnOnce, TitleColumn):
    """For lists whose buttons differ by the row's key and title only: a page of thirty rows draws one, not thirty.

    The rows' keys and titles, escaped, take the place of stand-ins in what Wagtail's own template gives.
    """

    def get_value(self, instance: Any) -> Any:
        return NAME if isinstance(instance, _StandIn) else super().get_value(instance)

    def render_cell_html(self, instance: Any, parent_context: Any) -> SafeString:
        value = self.get_value(instance)
        title = value if str(value).strip() else self.empty_value_display
        said = {str(KEY): str(instance.pk), WHOLE: escape(str(instance)), NAME: escape(str(title))}
        written = STANDING.sub(lambda found: said[found[0]], self.drawn(parent_context))
        return mark_safe(written)  # what is put in is escaped


class StampedCheckboxColumn(_DrawnOnce, BulkActionsCheckboxColumn):
    """The boxes that choose rows, which differ by the row's key only."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> SafeString:
        return mark_safe(self.drawn(parent_context).replace(str(KEY), str(instance.pk)))  # a key is a number
