"""Draws every drawing into `heritage/home/static/drawings/`: `python -m heritage.home.drawings.make`."""

from pathlib import Path

from heritage.home.drawings import buildings, landscapes, objects
from heritage.home.drawings.ink import Ink

FOLDER = Path(__file__).resolve().parents[1] / "static" / "drawings"
DRAWINGS = {**buildings.DRAWINGS, **landscapes.DRAWINGS, **objects.DRAWINGS}


def svg(name: str) -> str:
    """The drawing called `name`, as SVG text; always the same."""
    if name in landscapes.WIDE:
        draw, width, height = landscapes.WIDE[name]
        ink = Ink(name, width, height)
    else:
        draw, ink = DRAWINGS[name], Ink(name)
    draw(ink)
    return ink.svg()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in [*DRAWINGS, *landscapes.WIDE]:
        (FOLDER / f"{name}.svg").write_text(svg(name), encoding="utf-8")


if __name__ == "__main__":
    main()
