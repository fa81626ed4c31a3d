"""The zones' tab of the record form."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from heritage.catalog.zones.widget import BoundaryWidget

ZONES = [
    InlinePanel(
        "zones",
        panels=[
            FieldRowPanel([FieldPanel("kind"), FieldPanel("stated_area_m2")]),
            FieldPanel("geometry", widget=BoundaryWidget),
            FieldPanel("source"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
            FieldPanel("designation"),
            FieldRowPanel([FieldPanel("is_public"), FieldPanel("note")]),
        ],
        label=_("Protection zone"),
        heading=_("Protection zones"),
    ),
]


def adjust_zone(form: Any, record: Any, acts: QuerySet, choices: list[tuple[Any, str]]) -> None:
    """A zone stands on an act of its own record, and lies where that record is."""
    form.instance.record = record
    if "designation" in form.fields:
        form.fields["designation"].queryset = acts
        form.fields["designation"].choices = choices
