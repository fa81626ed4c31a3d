"""The map of a list: every point on the sheet, scale bar, north and both archipelagos beside them."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdfium2 import PdfDocument

from heritage.core import paper_maps
from heritage.maps.printing import listing
from heritage.maps.printing.sheet import FOOT, HEAD, MARGIN, SHEETS, SIDE, Frame

POINTS = st.lists(st.tuples(st.floats(8, 24), st.floats(101, 115)), min_size=1, max_size=8)


@given(POINTS)
@settings(max_examples=30)
def test_every_point_lies_in_the_window(points):
    middle, zoom = listing.view(points)
    width, height = SHEETS["A4"]
    frame = Frame(0, 0, width - 2 * MARGIN - SIDE, height - 2 * MARGIN - HEAD - FOOT, *middle, zoom)
    assert all(frame.holds(*frame.at(*point)) for point in points)


@pytest.mark.front_end
def test_the_sheet_has_what_an_official_map_needs():
    drawn = listing.of_points("Nơi có di sản", "hồ sơ", [(21.6, 105.8), (21.7, 105.9), (21.6, 105.8)], "pdf")
    text = PdfDocument(drawn)[0].get_textpage().get_text_range()
    assert {"Hoàng Sa", "Trường Sa", "km", "1:"} <= {
        word for word in ("Hoàng Sa", "Trường Sa", "km", "1:") if word in text
    }
    picture = paper_maps.draw("Nơi có di sản", "hồ sơ", [(21.6, 105.8)])
    assert Image.open(io.BytesIO(picture), formats=["PNG"]).size == (1754, 1240)
    assert paper_maps.draw("Không có điểm", "hồ sơ", []) is None
