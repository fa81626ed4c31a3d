"""A sample of a historical map: the demo's own hand-drawn map laid around a record's point, and a page that says so."""

from heritage.catalog.queries import published
from heritage.iiif import structure
from heritage.iiif.georeference import Point
from heritage.iiif.models import Canvas, ControlPoint
from heritage.maps.models import ThematicMap

SHEET = "TN01"
HALF_WIDTH, HALF_HEIGHT = 0.06, 0.042
"""Degrees from the middle of the sheet to its edges."""
STORY_VI = (
    "Tờ bản đồ này do phần mềm vẽ, là bản đồ tưởng tượng; trang đặt nó lên nền chỉ để thử việc xem bản đồ xưa. "
    "Sông, núi và tên trên tờ không chỉ nơi có thật nào."
)
STORY_EN = (
    "The software drew this sheet; it is imaginary and was laid here only to try how historical maps are looked at. "
    "Its rivers, hills and names show no real place."
)


def load() -> bool:
    """Lay the sheet and publish its thematic map; what is there stays as it is. Whether anything is new."""
    canvas = Canvas.objects.filter(digital_object__identifier=SHEET).select_related("digital_object").first()
    record = published().filter(number=SHEET, latitude__isnull=False).select_related("unit").first()
    if canvas is None or record is None or record.latitude is None or record.longitude is None:
        return False
    if not ControlPoint.objects.filter(canvas=canvas).exists():
        structure.set_control_points(
            canvas.digital_object, _points(canvas, record.latitude, record.longitude), [canvas]
        )
    if ThematicMap.objects.filter(slug="mau-ban-do-xua").exists():
        return False
    made = ThematicMap(
        slug="mau-ban-do-xua",
        title_vi="Bản đồ vẽ tay đặt trên bản đồ nay (mẫu)",
        title_en="A hand-drawn map laid on today's (sample)",
        story_vi=STORY_VI,
        story_en=STORY_EN,
        unit=record.unit,
        latitude=record.latitude,
        longitude=record.longitude,
        zoom=12,
        overlays=[canvas.image_identifier],
        live=False,
    )
    made.full_clean()
    made.save()
    made.save_revision().publish()
    return True


def _points(canvas: Canvas, latitude: float, longitude: float) -> list[Point]:
    """Four corners, turned a little and one of them moved, so that the fit has something to miss."""
    width, height = canvas.width or 1, canvas.height or 1
    corners = [(0, 0, -1.0, 1.0), (width, 0, 1.0, 0.92), (width, height, 0.95, -1.0), (0, height, -1.05, -0.94)]
    return [
        Point(1, x, y, round(longitude + east * HALF_WIDTH, 5), round(latitude + north * HALF_HEIGHT, 5))
        for x, y, east, north in corners
    ]
