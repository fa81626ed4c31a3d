"""Every pair of colours that meets on a page can be read, in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[2] / "heritage/home/assets/tokens.css").read_text()
BOTH = {
    name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
}
BACKGROUNDS = ["paper", "surface", "sunken"]
TEXT = [
    *[(text, background) for text in ("ink", "muted", "red", "gold", "indigo", "jade") for background in BACKGROUNDS],
    ("on-fill", "red-fill"),
    *[("ink", f"{colour}-wash") for colour in ("red", "gold", "indigo", "jade")],
    *[(colour, f"{colour}-wash") for colour in ("red", "gold", "indigo", "jade")],
    ("muted", "indigo-wash"),
]
OUTLINES = [*[("line-strong", background) for background in ("paper", "surface")], *[("focus", b) for b in BACKGROUNDS]]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "background"), TEXT)
def test_text_can_be_read(text, background, theme):
    assert contrast(BOTH[text][theme], BOTH[background][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "background"), OUTLINES)
def test_edges_of_fields_and_focus_can_be_seen(line, background, theme):
    assert contrast(BOTH[line][theme], BOTH[background][theme]) >= 3


def test_browsers_without_light_dark_get_the_same_light_colours():
    plain = dict(re.findall(r"--([\w-]+): (#\w{6});", TOKENS.split("@supports")[0]))
    assert plain == {name: light for name, (light, _dark) in BOTH.items()}
