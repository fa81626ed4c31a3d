"""Columns of the list of records."""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
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


class WordsColumn(Column):
    """Cells of plain words, written without a template: a page of the list has two hundred of them."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> str:
        value = self.get_value(instance)
        return format_html('<td class="{}">{}</td>', self.classname or "", "" if value is None else value)


class KindColumn(WordsColumn):
    def get_value(self, instance: Any) -> str:
        return str(Kind(instance.kind).label) if instance.kind in Kind.values else instance.kind


class PictureColumn(WordsColumn):
    """The cover, small; a blank where there is none."""

    def get_value(self, instance: Any) -> str:
        if not instance.cover:
            return ""
        small = instance.cover.get_rendition(THUMBNAIL)
        picture = '<img src="{}" width="{}" height="{}" alt="" loading="lazy">'
        return format_html(picture, small.url, small.width, small.height)


class RankColumn(WordsColumn):
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
        self._cells: dict[tuple[str, bool], str] = {}

    def render_cell_html(self, instance: Any, parent_context: Any) -> str:
        """Each state once: a page has few."""
        key = instance.state, instance.live
        if key not in self._cells:
            self._cells[key] = super().render_cell_html(instance, parent_context)
        return self._cells[key]


class LacksColumn(WordsColumn):
    """What is missing, in few words."""

    def get_value(self, instance: Any) -> str:
        return ", ".join(str(lack.label) for lack in lacks_of(instance))


def of_name(name: str) -> Column:
    """The column of one name of `CHOICES`."""
    labels = dict(CHOICES)
    made: dict[str, Callable[[], Column]] = {
        "cover": lambda: PictureColumn("cover", label=_("Picture"), classname="wide-only"),
        "unit": lambda: WordsColumn("unit", label=_("Unit"), sort_key="unit__folded", classname="wide-only"),
        "kind": lambda: KindColumn("kind", label=_("Kind"), sort_key="kind", classname="wide-only"),
        "rank": lambda: RankColumn("rank", label=_("Rank"), classname="wide-only"),
        "state": StateColumn,
        "lacks": lambda: LacksColumn("lacks", label=_("Missing"), classname="wide-only"),
        "_updated_at": lambda: UpdatedAtColumn(classname="wide-only"),
    }
    return made[name]() if name in made else WordsColumn(name, label=labels[name], classname="wide-only")
