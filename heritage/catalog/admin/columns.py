"""Columns of the list of records."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, UpdatedAtColumn

from heritage.catalog.admin.missing import lacks_of
from heritage.catalog.admin.states import RecordState
from heritage.catalog.models import Kind, Rank

THUMBNAIL = "fill-96x72"
CHOICES = [
    ("cover", _("Picture")),
    ("name_en", _("Name in English")),
    ("kind", _("Kind")),
    ("unit", _("Unit")),
    ("commune_printed", _("Commune as printed")),
    ("rank", _("Rank")),
    ("state", _("State")),
    ("lacks", _("Missing")),
    ("coord_accuracy_m", _("Accuracy in metres")),
    ("_updated_at", _("Updated")),
]
"""Columns beside number and name, in their order."""
SHOWN_AT_FIRST = ("cover", "unit", "rank", "state", "lacks", "_updated_at")


class KindColumn(Column):
    def get_value(self, instance: Any) -> str:
        return str(Kind(instance.kind).label) if instance.kind in Kind.values else instance.kind


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


def of_name(name: str) -> Column:
    """The column of one name of `CHOICES`."""
    labels = dict(CHOICES)
    made: dict[str, Callable[[], Column]] = {
        "cover": lambda: PictureColumn("cover", label=_("Picture"), classname="wide-only"),
        "unit": lambda: Column("unit", label=_("Unit"), sort_key="unit__folded", classname="wide-only"),
        "kind": lambda: KindColumn("kind", label=_("Kind"), sort_key="kind", classname="wide-only"),
        "rank": lambda: RankColumn("rank", label=_("Rank"), classname="wide-only"),
        "state": StateColumn,
        "lacks": lambda: LacksColumn("lacks", label=_("Missing"), classname="wide-only"),
        "_updated_at": lambda: UpdatedAtColumn(classname="wide-only"),
    }
    return made[name]() if name in made else Column(name, label=labels[name], classname="wide-only")
