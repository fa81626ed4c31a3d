"""A brush: strokes that swell and thin, washes with soft edges, written as small SVG paths.

Coordinates are in a picture of 1280 by 960; the same drawing always comes out the same (its name seeds the hand).
"""

import itertools
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

Point = tuple[float, float]

WIDTH, HEIGHT = 1280, 960
STYLE = (
    ".i{fill:#2a241d}.s{fill:#2a241d;opacity:.62}.w{fill:#2a241d;opacity:.11}.v{fill:#2a241d;opacity:.06}"
    ".r{fill:#a3201d}.g{fill:#b98a2e;opacity:.55}.j{fill:#2f6b5b;opacity:.34}.p{fill:#f3ecdf}"
    "@media(prefers-color-scheme:dark){.i,.s,.w,.v{fill:#eadfce}.w{opacity:.14}.v{opacity:.08}"
    ".r{fill:#d0574c}.g{fill:#dcb868}.j{fill:#8bcbb7}.p{fill:#26211c}}"
)
"""Inks: i full ink, s thin ink, w wash, v faint wash, r vermilion, g gold, j jade, p paper (hides what lies behind)."""


class Ink:
    """One drawing in the making; `svg()` is its text."""

    def __init__(self, name: str, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.random = random.Random(name)  # noqa: S311  a hand, not a secret
        self.width, self.height = width, height
        self.parts: list[str] = []

    def stroke(
        self, points: Sequence[Point], width: float = 8, ink: str = "i", taper: float = 0.75, shake: float = 1.2
    ) -> None:
        """A brush stroke along `points`, `width` at its fullest; `taper` is how much it thins at both ends."""
        path = _resample(_smooth(points), max(24.0, width * 1.4))
        if len(path) < 2:
            return
        left, right, last = [], [], len(path) - 1
        for index, (x, y) in enumerate(path):
            (ax, ay), (bx, by) = path[max(index - 1, 0)], path[min(index + 1, last)]
            length = math.hypot(bx - ax, by - ay) or 1
            nx, ny = -(by - ay) / length, (bx - ax) / length
            swell = 1 - taper * abs(2 * index / last - 0.9) ** 2.4
            half = max(0.8, width / 2 * swell * self.random.uniform(0.82, 1.12))
            dx, dy = self.random.gauss(0, shake), self.random.gauss(0, shake)
            left.append((x + nx * half + dx, y + ny * half + dy))
            right.append((x - nx * half + dx, y - ny * half + dy))
        self.parts.append(f'<path class="{ink}" d="{_closed(left + right[::-1])}"/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 7, ink: str = "i") -> None:
        """A nearly straight stroke, as a hand draws it."""
        bend = math.hypot(x2 - x1, y2 - y1) / 90
        middle = ((x1 + x2) / 2 + self.random.gauss(0, bend), (y1 + y2) / 2 + self.random.gauss(0, bend))
        self.stroke([(x1, y1), middle, (x2, y2)], width, ink, taper=0.45)

    def wash(self, points: Sequence[Point], ink: str = "w", smooth: bool = True) -> None:
        """An area of thin ink with these corners, rounded where `smooth`."""
        reach = min(1.5, math.dist(points[0], points[len(points) // 2]) / 140)
        outline = [(x + self.random.gauss(0, reach), y + self.random.gauss(0, reach)) for x, y in points]
        shape = _closed(outline) if smooth else f"M{'L'.join(_at(p) for p in outline)}Z"
        self.parts.append(f'<path class="{ink}" d="{shape}"/>')

    def outline(self, points: Sequence[Point], width: float = 7, ink: str = "i") -> None:
        """A closed line through `points`, corner by corner."""
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            self.line(ax, ay, bx, by, width, ink)

    def ellipse(self, x: float, y: float, rx: float, ry: float, ink: str = "w") -> None:
        rx, ry = rx * 1.03, ry * 1.03  # the curve runs inside its corners
        self.wash([(x + rx * math.cos(a), y + ry * math.sin(a)) for a in _angles(18)], ink)

    def ring(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        width: float = 7,
        ink: str = "i",
        *,
        start: float = 0,
        end: float = 1,
    ) -> None:
        """Part of an ellipse's line, from `start` to `end` in turns, clockwise from the right."""
        steps = max(6, round(40 * (end - start)))
        turns = [math.tau * (start + (end - start) * i / steps) for i in range(steps + 1)]
        self.stroke([(x + rx * math.cos(a), y + ry * math.sin(a)) for a in turns], width, ink, taper=0.4)

    def dots(self, points: Iterable[Point], size: float = 9, ink: str = "i") -> None:
        for x, y in points:
            reach = size * self.random.uniform(0.7, 1.2)
            self.stroke([(x - reach, y), (x, y - reach / 5), (x + reach, y + reach / 6)], reach * 0.9, ink)

    @contextmanager
    def moved(self, dx: float, dy: float, scale: float = 1) -> Iterator[None]:
        """What is drawn inside stands `scale` times as large, moved by (dx, dy)."""
        self.parts.append(f'<g transform="translate({dx} {dy}) scale({scale})">')
        yield
        self.parts.append("</g>")

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}">'
            f"<style>{STYLE}</style>{''.join(self.parts)}</svg>\n"
        )


def _angles(count: int) -> list[float]:
    return [math.tau * i / count for i in range(count)]


def _at(point: Point) -> str:
    return f"{round(point[0])} {round(point[1])}"


def _closed(points: Sequence[Point]) -> str:
    """A closed path of quadratic curves through the middles between `points`."""
    turned = [*points[1:], points[0]]
    middles = [(round((a[0] + b[0]) / 2), round((a[1] + b[1]) / 2)) for a, b in zip(points, turned, strict=True)]
    curves = "".join(
        f"{_from(start, bend)}{_from(start, end)}"
        for start, bend, end in zip(middles, turned, [*middles[1:], middles[0]], strict=True)
    )
    return f"M{_at(middles[0])}q{curves[1:] if curves[0] == ' ' else curves}z"


def _from(start: Point, end: Point) -> str:
    """`end` as seen from `start`, in the fewest letters a path needs."""
    dx, dy = round(end[0] - start[0]), round(end[1] - start[1])
    return f"{'' if dx < 0 else ' '}{dx}{'' if dy < 0 else ' '}{dy}"


def _smooth(points: Sequence[Point]) -> list[Point]:
    """Points along a Catmull-Rom curve through `points`."""
    if len(points) < 3:
        return list(points)
    padded = [points[0], *points, points[-1]]
    found = [
        (_spline(step / 8, *(p[0] for p in near)), _spline(step / 8, *(p[1] for p in near)))
        for near in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
        for step in range(8)
    ]
    return [*found, points[-1]]


def _spline(t: float, a: float, b: float, c: float, d: float) -> float:
    """The value at `t` between b and c of the Catmull-Rom curve through four values."""
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def _resample(points: Sequence[Point], spacing: float) -> list[Point]:
    """The curve through `points` at even distances."""
    total = sum(math.dist(a, b) for a, b in itertools.pairwise(points))
    count = max(3, round(total / spacing))
    step, found, walked, target = total / count, [points[0]], 0.0, total / count
    for a, b in itertools.pairwise(points):
        length = math.dist(a, b)
        while length and walked + length >= target - 1e-6 and len(found) < count:
            share = (target - walked) / length
            found.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
            target += step
        walked += length
    return [*found, points[-1]]
