"""Columns of the list of records."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn

from heritage.catalog.admin.missing import lacks_of
from heritage.catalog.admin.states import RecordState
from heritage.catalog.models import Rank

THUMBNAIL = "fill-96x72"


class PictureColumn(Column):
    """The cover, small; a blank where there is none."""

    cell_template_name = "catalog/admin/picture_cell.html"

    def get_value(self, instance: Any) -> Any:
        return instance.cover.get_rendition(THUMBNAIL) if instance.cover else None


class RankColumn(Column):
    def get_value(self, instance: Any) -> Any:
        return Rank(instance.rank).label if instance.rank else ""


class StateColumn(StatusTagColumn):
    """`RecordState` in words; what the public sees now is set off."""

    def __init__(self) -> None:
        super().__init__(
            "state",
            label=_("State"),
            accessor=lambda record: RecordState(record.state).label,
            primary=lambda record: record.live,
        )


class LacksColumn(Column):
    """What is missing, in few words."""

    def get_value(self, instance: Any) -> str:
        return ", ".join(str(lack.label) for lack in lacks_of(instance))
