"""What several drawings share: roofs, walls, trees, hills, water, ground."""

import math

from heritage.home.drawings.ink import Ink

RIDGE = 0.31  # half of the ridge's length, as a share of the roof's width


def roof(ink: Ink, x: float, y: float, width: float, height: float, lift: float = 46, ornament: bool = True) -> None:
    """A tiled roof: ridge centred on (x, y), eaves `height` below it, their corners turned up by `lift`."""
    half, ridge, bottom = width / 2, width * RIDGE, y + height
    ink.wash(
        [
            (x - ridge, y),
            (x - half * 0.82, bottom - 30),
            (x - half, bottom - lift),
            (x - half * 0.8, bottom),
            (x, bottom + 8),
            (x + half * 0.8, bottom),
            (x + half, bottom - lift),
            (x + half * 0.82, bottom - 30),
            (x + ridge, y),
        ],
        "w",
    )
    for i in range(-9, 10):
        top, foot = x + ridge * i / 9.6, x + half * 0.86 * i / 9.6
        ink.stroke([(top, y + 10), ((top * 0.6 + foot * 0.4), y + height * 0.55), (foot, bottom - 4)], 5, "s")
    for side in (-1, 1):
        _edge(ink, x, y, side, width, bottom, lift)
    _ridge(ink, x, y, ridge)
    if ornament:
        _ornament(ink, x, y, ridge)


def _edge(ink: Ink, x: float, y: float, side: int, width: float, bottom: float, lift: float) -> None:
    """The hip and the eaves of one side (-1 left, 1 right)."""
    half, ridge = width / 2, width * RIDGE
    hip = [
        (x + side * ridge, y),
        (x + side * half * 0.72, bottom - 44),
        (x + side * half * 1.02, bottom - lift - 12),
    ]
    eaves = [
        (x, bottom + 8),
        (x + side * half * 0.6, bottom + 4),
        (x + side * half * 0.9, bottom - 18),
        (x + side * half * 1.04, bottom - lift - 8),
    ]
    ink.stroke(hip, 15)
    ink.stroke(eaves, 17)


def _ridge(ink: Ink, x: float, y: float, ridge: float) -> None:
    sag = [(-ridge - 16, -16), (-ridge * 0.5, 2), (0, 5), (ridge * 0.5, 2), (ridge + 16, -16)]
    ink.stroke([(x + across, y + down) for across, down in sag], 22)


def _ornament(ink: Ink, x: float, y: float, ridge: float) -> None:
    """A curl at each end of the ridge and a disc over its middle."""
    for side in (-1, 1):
        curl = [(ridge + 4, -8), (ridge + 24, -42), (ridge - 6, -52), (ridge - 2, -30)]
        ink.stroke([(x + side * across, y + down) for across, down in curl], 9)
    ink.ring(x, y - 34, 22, 22, 8)
    ink.ellipse(x, y - 34, 12, 12, "r")


def columns(ink: Ink, left: float, right: float, top: float, bottom: float, count: int, width: float = 15) -> None:
    for i in range(count):
        x = left + (right - left) * i / (count - 1)
        ink.line(x, top, x, bottom, width)
        ink.line(x - width, bottom, x + width, bottom, 12)


def steps(ink: Ink, x: float, y: float, width: float, count: int = 3) -> None:
    for i in range(count):
        half = width / 2 + i * 26
        ink.line(x - half, y + i * 20, x + half, y + i * 20, 9)


def ground(ink: Ink, y: float, left: float = 60, right: float = 1220) -> None:
    ink.stroke([(left, y + 8), ((left + right) / 2, y - 4), (right, y + 6)], 9)
    for _ in range(16):
        x = ink.random.uniform(left + 40, right - 40)
        ink.stroke(
            [(x, y + ink.random.uniform(14, 60)), (x + ink.random.uniform(24, 90), y + ink.random.uniform(14, 60))],
            4,
            "s",
        )


def water(ink: Ink, top: float, bottom: float, left: float = 40, right: float = 1240, count: int = 26) -> None:
    for i in range(count):
        y = top + (bottom - top) * (i / count) ** 1.3
        x, length = ink.random.uniform(left, right - 160), ink.random.uniform(60, 220)
        ink.stroke([(x, y), (x + length / 3, y - 6), (x + length * 2 / 3, y + 5), (min(right, x + length), y)], 5, "s")


def hill(ink: Ink, x: float, base: float, width: float, height: float, tone: str = "w", line: float = 9) -> None:
    """A steep hill of the limestone kind, its left flank textured."""
    half = width / 2
    shape = [
        (x - half, base),
        (x - half * 0.72, base - height * 0.5),
        (x - half * 0.4, base - height * 0.86),
        (x - half * 0.05, base - height),
        (x + half * 0.3, base - height * 0.9),
        (x + half * 0.55, base - height * 0.55),
        (x + half * 0.78, base - height * 0.3),
        (x + half, base),
    ]
    ink.wash([*shape, (x, base + 20)], tone)
    if line:
        ink.stroke(shape, line)
        for i in range(7):
            sx = x - half * 0.42 + half * 0.12 * i
            sy = base - height * (0.84 - 0.03 * abs(i - 3))
            ink.stroke(
                [
                    (sx, sy),
                    (sx - half * 0.06, sy + height * 0.18),
                    (sx - half * 0.02, sy + height * (0.3 + 0.04 * (i % 3))),
                ],
                5,
                "s",
            )


def tree(ink: Ink, x: float, base: float, height: float, spread: float = 150, ink_leaves: str = "j") -> None:
    """A broad tree: a leaning trunk, boughs and clouds of leaves."""
    top = base - height
    ink.stroke([(x, base), (x - 12, base - height * 0.35), (x + 14, base - height * 0.62), (x, top + 40)], 26)
    for side, share in ((-1, 0.55), (1, 0.5), (-1, 0.75), (1, 0.72)):
        ink.stroke(
            [
                (x + 4, base - height * share),
                (x + side * spread * 0.45, base - height * (share + 0.16)),
                (x + side * spread * 0.8, base - height * (share + 0.2)),
            ],
            11,
        )
    for cx, cy, r in ((-0.7, 0.1, 0.5), (0.7, 0.06, 0.52), (0, -0.1, 0.66), (-0.3, 0.2, 0.42), (0.36, 0.22, 0.42)):
        px, py = x + cx * spread, top + 60 + cy * spread
        ink.ellipse(px, py, spread * r, spread * r * 0.62, ink_leaves)
        points = [
            (
                px + spread * r * ink.random.uniform(-0.85, 0.85),
                py + spread * r * 0.55 * ink.random.uniform(-0.85, 0.85),
            )
            for _ in range(16)
        ]
        ink.dots(points, 10, "s")


def palm(ink: Ink, x: float, base: float, height: float) -> None:
    """An areca palm."""
    top = base - height
    ink.stroke([(x, base), (x + 8, base - height / 2), (x - 4, top)], 15)
    for i in range(7):
        a = math.pi * (0.02 + i * 0.16)
        dx, dy = math.cos(a), -math.sin(a)
        ink.stroke([(x - 4, top), (x + dx * 70, top + dy * 60 - 14), (x + dx * 130, top + dy * 70 + 46)], 12)


def sun(ink: Ink, x: float, y: float, radius: float = 46) -> None:
    ink.ellipse(x, y, radius, radius, "r")


def birds(ink: Ink, x: float, y: float, count: int = 4) -> None:
    for i in range(count):
        bx, by = x + i * 56 + ink.random.uniform(-14, 14), y + ink.random.uniform(-28, 28)
        ink.stroke([(bx - 20, by - 8), (bx - 6, by - 12), (bx, by), (bx + 8, by - 13), (bx + 22, by - 7)], 5)
