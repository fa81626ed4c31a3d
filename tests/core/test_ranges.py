"""Ranges: whatever is asked, the answer is exact bytes of the body, the whole body, or 416."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heritage.core.ranges import ByteRange, UnsatisfiableRangeError, asked_for


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-99", ByteRange(0, 99, 1000)),
        ("bytes=0-0", ByteRange(0, 0, 1000)),
        ("bytes=990-", ByteRange(990, 999, 1000)),
        ("bytes=-10", ByteRange(990, 999, 1000)),
        ("bytes=-5000", ByteRange(0, 999, 1000)),
        ("bytes=900-5000", ByteRange(900, 999, 1000)),
        ("Bytes = 1-2", ByteRange(1, 2, 1000)),
        (None, None),
        ("", None),
        ("bytes=5-4", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes", None),
        ("bytes=٠-٩", None),
        ("bytes=" + "9" * 5000, None),
    ],
)
def test_ranges_of_rfc_9110(header, expected):
    assert asked_for(header, 1000) == expected


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=1000-", 1000), ("bytes=-0", 1000), ("bytes=0-", 0), ("bytes=-5", 0)]
)
def test_a_range_that_does_not_exist(header, size):
    with pytest.raises(UnsatisfiableRangeError):
        asked_for(header, size)


@given(st.text(max_size=60) | st.from_regex(r"bytes=\d{0,5}-\d{0,5}", fullmatch=True), st.integers(0, 20_000))
def test_any_header_gives_a_range_inside_the_body(header, size):
    try:
        part = asked_for(header, size)
    except UnsatisfiableRangeError:
        return
    assert part is None or (0 <= part.first <= part.last < size and part.length >= 1)
