"""Drawings of hills, water and trees. None is a real place."""

import math

from heritage.home.drawings import buildings, parts
from heritage.home.drawings.ink import Ink


def mountains(ink: Ink) -> None:
    parts.sun(ink, 960, 210, 62)
    for x, w, h in ((260, 420, 360), (620, 380, 300), (1010, 520, 340)):
        parts.hill(ink, x, 600, w, h, "v", 0)
    for x, w, h in ((180, 420, 430), (520, 360, 560), (840, 420, 420), (1120, 380, 500)):
        parts.hill(ink, x, 740, w, h, "w", 11)
    parts.birds(ink, 640, 190)
    for i in range(4):
        ink.stroke(
            [
                (80 + i * 60, 780 + i * 34),
                (420 + i * 60, 768 + i * 34),
                (900 + i * 40, 784 + i * 34),
                (1220, 776 + i * 34),
            ],
            6,
            "s",
        )
    parts.tree(ink, 280, 890, 230, 84)


def boat(ink: Ink) -> None:
    parts.sun(ink, 300, 220, 54)
    for x, w, h in ((420, 420, 300), (820, 460, 380), (1140, 360, 270)):
        parts.hill(ink, x, 560, w, h, "v", 0)
    parts.hill(ink, 1030, 580, 380, 330, "w", 9)
    parts.hill(ink, 150, 580, 400, 250, "w", 9)
    _sampan(ink)
    parts.water(ink, 600, 930, count=40)


def _sampan(ink: Ink) -> None:
    ink.wash([(330, 700), (470, 790), (840, 790), (990, 690), (660, 752)], "s")
    ink.stroke([(320, 690), (460, 748), (660, 764), (860, 742), (1000, 676)], 15)
    ink.stroke([(330, 700), (450, 786), (660, 812), (870, 782), (990, 690)], 13)
    ink.stroke([(540, 752), (560, 640), (660, 604), (760, 640), (780, 748)], 13)
    for i in range(5):
        ink.stroke([(570 + i * 42, 748), (576 + i * 40, 660 - 14 * (2 - abs(i - 2)))], 6, "s")
    ink.line(880, 590, 960, 860, 11)
    ink.stroke([(846, 730), (850, 650), (872, 610)], 26)
    ink.stroke([(816, 612), (868, 562), (924, 612)], 15, "g")
    ink.line(816, 614, 924, 614, 7)


def lotus(ink: Ink) -> None:
    parts.water(ink, 560, 920, count=30)
    for x, y, r in ((260, 760, 170), (1010, 800, 190), (640, 860, 150), (1080, 600, 110), (180, 590, 100)):
        ink.ellipse(x, y, r, r * 0.34, "j")
        ink.ring(x, y, r, r * 0.34, 10)
        for i in range(8):
            a = math.tau * i / 8
            ink.stroke([(x, y), (x + r * 0.86 * math.cos(a), y + r * 0.29 * math.sin(a))], 4, "s")
    for x, y, s, foot in ((560, 380, 1.25, 800), (840, 500, 0.85, 790), (360, 500, 0.6, 740)):
        ink.stroke([(x, y + 80 * s), (x + 16, (y + foot) / 2), (x - 6, foot)], 11)
        for dx, dy in ((-150, -30), (150, -30), (-92, -110), (92, -110), (0, -150)):
            tip = (x + dx * s, y + dy * s)
            base = (x, y + 84 * s)
            bulge = 52 * s
            ink.wash(
                [
                    base,
                    ((base[0] + tip[0]) / 2 - bulge, (base[1] + tip[1]) / 2),
                    tip,
                    ((base[0] + tip[0]) / 2 + bulge, (base[1] + tip[1]) / 2),
                ],
                "r",
            )
            ink.stroke([base, ((base[0] + tip[0]) / 2 - bulge * 0.8, (base[1] + tip[1]) / 2 + 6), tip], 8)
            ink.stroke([base, ((base[0] + tip[0]) / 2 + bulge * 0.8, (base[1] + tip[1]) / 2 + 6), tip], 8)
    ink.stroke([(980, 330), (1040, 300), (1100, 330)], 6)
    ink.stroke([(1010, 318), (1040, 352), (1070, 318)], 6)


def banyan(ink: Ink) -> None:
    for x, bend in ((560, -60), (620, -10), (690, 20), (750, 70)):
        ink.stroke([(x + bend, 800), (x + bend * 0.3, 640), (x, 480), (640, 330)], 36)
    for side in (-1, 1):
        for reach, rise in ((300, 130), (400, 40), (200, 200)):
            ink.stroke([(640, 470), (640 + side * reach * 0.5, 430 - rise), (640 + side * reach, 440 - rise)], 19)
    for cx, cy, r in (
        (300, 330, 170),
        (980, 330, 170),
        (470, 220, 190),
        (820, 220, 190),
        (640, 180, 190),
        (400, 400, 110),
        (880, 400, 110),
    ):
        ink.ellipse(cx, cy, r, r * 0.62, "j")
        ink.dots(
            [
                (cx + r * ink.random.uniform(-0.85, 0.85), cy + r * 0.55 * ink.random.uniform(-0.85, 0.85))
                for _ in range(26)
            ],
            11,
            "s",
        )
    for x in (360, 420, 880, 950, 800):
        ink.stroke([(x, 440), (x + 6, 560), (x - 4, 660 + (x % 7) * 14)], 6, "s")
    ink.outline([(980, 800), (980, 700), (1100, 700), (1100, 800)], 9)
    parts.roof(ink, 1040, 620, 190, 64, 24, ornament=False)
    ink.ellipse(1040, 756, 18, 26, "r")
    parts.ground(ink, 822)


def panorama(ink: Ink) -> None:
    """The home page's wide view, 2400 by 800: hills, a river with a boat, a communal house below a tree."""
    parts.sun(ink, 1150, 330, 56)
    for x, w, h in ((240, 620, 330), (760, 520, 420), (1240, 640, 300), (1760, 700, 380), (2220, 560, 300)):
        parts.hill(ink, x, 560, w, h, "v", 0)
    for x, w, h in ((120, 460, 260), (470, 380, 360), (2290, 420, 300)):
        parts.hill(ink, x, 590, w, h, "w", 9)
    parts.birds(ink, 1760, 250, 4)
    parts.water(ink, 600, 780, 20, 1500, 44)
    with ink.moved(430, 250, 0.5):
        _sampan(ink)
    with ink.moved(1330, 120, 0.74):
        buildings.communal_house(ink)
    with ink.moved(2050, 330, 0.52):
        parts.palm(ink, 210, 780, 520)
        parts.palm(ink, 330, 770, 430)


WIDE = {"panorama": (panorama, 2400, 800)}
DRAWINGS = {"mountains": mountains, "boat": boat, "lotus": lotus, "banyan": banyan}
