"""Reading a boundary for the editor: from a file or a list to what the map shows, good or not."""

from dataclasses import dataclass
from typing import Any

from heritage.places.geometry import checking, coordinate_lists, files, measuring, provinces, shapes, vn2000
from heritage.places.geometry.shapes import Area, Problem
from heritage.places.models import Unit

Point = tuple[float, float]


@dataclass
class Near:
    """The record's own point, (longitude, latitude), how far it may be off in metres, and its present unit."""

    point: Point | None = None
    accuracy_m: float = 0
    unit: Unit | None = None

    @property
    def within_m(self) -> float:
        return checking.FARTHEST_M + self.accuracy_m

    @property
    def province(self) -> Unit | None:
        return (self.unit.province or self.unit) if self.unit else None


def from_file(name: str, data: bytes, near: Near) -> list[dict[str, Any]]:
    """Each area of a file as `answer` gives it.

    Raises:
        BadGeometryError: the file cannot be read at all.
    """
    return [answer(found.area, near, found.name) for found in files.read(name, data)]


def from_list(text: str, meridian: float, near: Near) -> list[dict[str, Any]]:
    """The area of a VN-2000 list, with a better meridian named where there is one."""
    area, hints = coordinate_lists.read(text, meridian, near=near.point, within_m=near.within_m)
    return [answer(area, near, hints=hints or one_or_none(vn2000.unusual(meridian, near.unit)))]


def answer(area: Area, near: Near, name: str = "", hints: list[Problem] | None = None) -> dict[str, Any]:
    """The area as GeoJSON with its size in m² and what speaks against it; shown even where it is refused."""
    refused = checking.problems(area, near.point, near.accuracy_m)
    # where it is refused already, another reason to look at the same coordinates would only be noise
    warned = [] if refused else one_or_none(provinces.warning(area, near.province))
    problems = [*(hints or []), *refused, *warned]
    crossed = any(problem.code in ("crossed", "swapped", "outside", "metres", "invalid") for problem in problems)
    return {
        "name": name,
        "geometry": shapes.write(area),
        "area_m2": None if crossed else round(measuring.area_m2(area), 2),
        "problems": [problem._asdict() for problem in problems],
    }


def one_or_none(problem: Problem | None) -> list[Problem]:
    return [problem] if problem else []
