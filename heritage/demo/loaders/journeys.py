"""Two sample itineraries and a sample thematic map over the real sites and the invented places around them."""

from collections.abc import Callable, Mapping
from typing import Any

from heritage.catalog.models import Record
from heritage.catalog.queries import published
from heritage.demo.loaders import historical
from heritage.maps import geofiles, nearby
from heritage.maps.models import Itinerary, ItineraryStop, Place, PlaceKind, ThematicMap
from heritage.maps.models.itinerary import Way

Say = Callable[[str], None]

SAMPLE_VI = "Hành trình mẫu của trang này: di tích có thật, quán ăn và chỗ nghỉ do trang đặt ra để làm mẫu."
SAMPLE_EN = (
    "A sample itinerary of this site: the heritage is real, the restaurants and lodgings are invented as samples."
)

ITINERARIES = [
    {
        "slug": "mau-mot-ngay-thai-nguyen",
        "title_vi": "Một ngày từ Chùa Hang đến Đền Đuổm (mẫu)",
        "title_en": "A day from Hang Pagoda to Duom Temple (sample)",
        "by": Way.CAR,
        "stops": [(1, "TN10", 60), (1, PlaceKind.FOOD, 60), (1, "TN05", 75), (1, "TN08", 120)],
    },
    {
        "slug": "mau-hai-ngay-hue",
        "title_vi": "Hai ngày ở Huế (mẫu)",
        "title_en": "Two days in Hue (sample)",
        "by": Way.BIKE,
        "stops": [
            (1, "HU02", 150),
            (1, PlaceKind.FOOD, 60),
            (1, "HU03", 60),
            (1, PlaceKind.LODGING, 60),
            (2, "HU04", 90),
            (2, "HU05", 75),
            (2, "HU06", 90),
        ],
    },
]
MAP = {
    "slug": "mau-kinh-thanh-va-lang",
    "title_vi": "Kinh thành và các lăng ở Huế (mẫu)",
    "title_en": "The citadel and the royal tombs of Hue (sample)",
    "story_vi": "Bản đồ chuyên đề mẫu. Cán bộ chọn lớp, hạng, khung nhìn, vẽ thêm hình và viết lời dẫn như đoạn này."
    "\n\nKhung quanh các điểm chỉ để thử công cụ vẽ, không phải ranh giới của di sản.",
    "story_en": "A sample thematic map. Staff choose layers, ranks and a view, draw shapes and write such a story."
    "\n\nThe frame around the sites only shows the drawing tool; it is no boundary of the heritage.",
    "layers": ["monument", "component", "food", "lodging"],
    "ranks": [],
    "latitude": 16.43,
    "longitude": 107.56,
    "zoom": 11,
}
FRAME = [[107.50, 16.37], [107.62, 16.37], [107.62, 16.49], [107.50, 16.49], [107.50, 16.37]]


def load(say: Say) -> None:
    """Add what is missing; what staff have changed meanwhile stays."""
    added = sum(_itinerary(values) for values in ITINERARIES) + _thematic_map() + historical.load()
    say(f"{added} sample itineraries and maps added")


def _itinerary(values: Mapping[str, Any]) -> bool:
    if Itinerary.objects.filter(slug=values["slug"]).exists():
        return False
    stops = _stops(values["stops"])
    if not stops:
        return False
    fields = {name: value for name, value in values.items() if name != "stops"}
    made = Itinerary(**fields, summary_vi=SAMPLE_VI, summary_en=SAMPLE_EN, is_sample=True, live=False)
    made.unit = next((stop.record.unit for stop in stops if stop.record), None)
    made.stops = stops  # type: ignore[attr-defined]
    made.save()
    made.save_revision().publish()
    return True


def _stops(wanted: list[tuple[int, str, int]]) -> list[ItineraryStop]:
    """Records by number; for a kind of place, the one nearest to the record before it; what is missing is left out."""
    numbers = [what for _day, what, _minutes in wanted]
    records = {record.number: record for record in published().filter(number__in=numbers).select_related("unit")}
    stops: list[ItineraryStop] = []
    before: Record | None = None
    for day, what, minutes in wanted:
        place = None
        if what in PlaceKind.values:
            place = _nearest(before, what) if before else None
        else:
            before = records.get(what, before)
        if place or what in records:
            stops.append(
                ItineraryStop(
                    day=day, record=records.get(what), place=place, stay_minutes=minutes, sort_order=len(stops)
                )
            )
    return stops


def _nearest(record: Record, kind: str) -> Place | None:
    if record.latitude is None or record.longitude is None:
        return None
    found = nearby.nearest(record.latitude, record.longitude, [kind], limit=1, radii={kind: 20_000}).get(kind, [])
    return Place.objects.filter(number=found[0].mark.number).first() if found else None


def _thematic_map() -> bool:
    if ThematicMap.objects.filter(slug=MAP["slug"]).exists():
        return False
    frame = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [FRAME]},
        "properties": {"name": "Khung vẽ mẫu / sample frame", "colour": "gold"},
    }
    made = ThematicMap(**MAP, live=False)
    made.unit = next((record.unit for record in published().filter(number="HU02").select_related("unit")), None)
    made.shapes = geofiles.cleaned({"type": "FeatureCollection", "features": [frame]})
    made.save()
    made.save_revision().publish()
    return True
