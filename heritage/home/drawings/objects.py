"""Drawings of things made by hand. None is a real one."""

import math

from heritage.home.drawings import parts
from heritage.home.drawings.ink import Ink


def stele(ink: Ink) -> None:
    parts.tree(ink, 1060, 790, 420, 150)
    ink.wash([(470, 700), (470, 300), (520, 210), (640, 180), (760, 210), (810, 300), (810, 700)], "w")
    ink.stroke([(470, 700), (466, 320), (516, 216), (640, 176), (764, 216), (814, 320), (810, 700)], 15)
    ink.line(500, 330, 780, 330, 7)
    for side in (-1, 1):
        ink.stroke([(640, 290), (640 + side * 50, 240), (640 + side * 96, 290), (640 + side * 60, 306)], 7)
    ink.ellipse(640, 262, 26, 26, "r")
    for column in range(7):
        for row in range(11):
            if ink.random.random() < 0.86:
                x, y = 520 + column * 40, 366 + row * 29
                ink.line(x - 9, y, x + 9, y + ink.random.uniform(-5, 5), 5, "s")
                ink.line(x, y - 8, x + ink.random.uniform(-5, 5), y + 9, 4, "s")
    ink.wash([(380, 770), (420, 690), (640, 660), (880, 690), (930, 770), (640, 800)], "w")
    ink.stroke([(372, 776), (420, 700), (640, 676), (880, 700), (930, 776)], 14)
    ink.stroke([(900, 730), (980, 670), (1030, 690), (1020, 740), (930, 764)], 11)
    ink.dots([(1000, 700)], 7)
    for x in (440, 820):
        ink.stroke([(x - 30, 770), (x - 46, 812), (x + 46, 812), (x + 24, 770)], 11)
    parts.ground(ink, 826)


def bell(ink: Ink) -> None:
    ink.line(230, 150, 1050, 150, 30)
    ink.line(300, 150, 300, 860, 24)
    ink.line(980, 150, 980, 860, 24)
    ink.stroke([(560, 300), (580, 226), (640, 190), (700, 226), (720, 300)], 17)
    ink.stroke([(600, 166), (640, 214), (680, 166)], 13)
    side = [(500, 330), (476, 470), (462, 620), (430, 740)]
    ink.wash([*side, (640, 770), (850, 740), (818, 620), (804, 470), (780, 330), (640, 286)], "g")
    ink.stroke([(500, 330), (560, 296), (640, 286), (720, 296), (780, 330)], 15)
    ink.stroke(side, 17)
    ink.stroke([(1280 - x, y) for x, y in side], 17)
    ink.ring(640, 740, 212, 34, 17)
    for y, reach in ((390, 154), (470, 164), (600, 180), (672, 196)):
        ink.ring(640, y, reach, 26, 7, start=0.02, end=0.48)
    for x in (556, 640, 724):
        ink.line(x, 415, x, 690, 7)
    ink.ellipse(640, 560, 30, 30, "r")
    ink.ring(640, 560, 44, 44, 7)
    ink.line(840, 590, 1010, 560, 22)
    ink.stroke([(900, 580), (900, 160)], 5)
    parts.ground(ink, 868)


def urn(ink: Ink) -> None:
    parts.hill(ink, 300, 760, 600, 260, "v", 0)
    body = [(430, 410), (410, 520), (450, 640), (540, 700), (640, 712), (740, 700), (830, 640), (870, 520), (850, 410)]
    ink.wash(body, "g")
    ink.stroke(body, 18)
    ink.ring(640, 400, 222, 36, 17)
    ink.ring(640, 404, 190, 22, 8)
    for side in (-1, 1):
        ink.stroke(
            [(640 + side * 196, 400), (640 + side * 214, 290), (640 + side * 150, 270), (640 + side * 140, 386)], 16
        )
    for x in (490, 640, 790):
        foot = 820 if x == 640 else 800
        ink.stroke([(x, 690), (x - 12, 750), (x + 6, foot)], 34)
        ink.line(x - 34, foot, x + 40, foot, 14)
    for y, start in ((470, 0.03), (620, 0.08)):
        ink.ring(640, y, 232 if y == 470 else 200, 40, 7, start=start, end=0.5 - start)
    for i in range(5):
        x = 500 + i * 70
        ink.stroke([(x - 22, 570), (x - 6, 540), (x + 10, 566), (x + 26, 546)], 7)
    ink.ellipse(640, 556, 20, 20, "r")
    for i in range(3):
        x = 590 + i * 50
        ink.stroke([(x, 360), (x - 26, 290), (x + 20, 220), (x - 10, 140)], 6, "s")
    parts.ground(ink, 838)


def woodblock(ink: Ink) -> None:
    ink.wash([(250, 300), (890, 240), (930, 650), (290, 720)], "g", smooth=False)
    ink.outline([(250, 300), (890, 240), (930, 650), (290, 720)], 15)
    ink.line(250, 300, 244, 344, 12)
    ink.stroke([(244, 344), (284, 764), (292, 722)], 11)
    ink.stroke([(284, 764), (936, 692), (930, 650)], 11)
    for column in range(9):
        for row in range(8):
            x = 316 + column * 64 + row * 5
            y = 346 + row * 46 - column * 6
            if ink.random.random() < 0.9:
                ink.line(x - 14, y, x + 14, y - 2, 7)
                ink.line(x, y - 15, x + ink.random.uniform(-6, 6), y + 14, 6)
                if ink.random.random() < 0.6:
                    ink.line(x - 12, y + 12, x + 12, y + 10, 5)
    ink.stroke([(1010, 250), (1060, 480), (1120, 700)], 26)
    ink.stroke([(1114, 680), (1132, 740), (1156, 800)], 34, taper=1)
    ink.ellipse(420, 840, 110, 26, "s")
    ink.ring(420, 836, 120, 32, 11)
    ink.wash([(800, 560), (870, 552), (878, 622), (808, 630)], "r", smooth=False)
    parts.ground(ink, 880)


def loom(ink: Ink) -> None:
    for x in (280, 960):
        ink.line(x, 180, x, 840, 22)
        ink.line(x - 90, 842, x + 100, 842, 18)
    for y in (200, 760):
        ink.line(240, y, 1010, y, 22)
    ink.line(250, 330, 1000, 330, 13)
    for i in range(33):
        x = 330 + i * 18
        ink.line(x, 214, x + ink.random.uniform(-2, 2), 520, 4, "s")
    ink.wash([(322, 520), (918, 520), (918, 748), (322, 748)], "j", smooth=False)
    for row in range(4):
        y = 552 + row * 54
        ink.line(324, y - 24, 916, y - 24, 6)
        for i in range(9):
            x = 356 + i * 66
            ink.outline([(x, y - 15), (x + 21, y), (x, y + 15), (x - 21, y)], 6, "r" if (row + i) % 2 else "i")
    ink.line(250, 520, 1000, 508, 17)
    ink.stroke([(700, 470), (790, 440), (880, 470), (790, 496), (700, 470)], 9)
    parts.ground(ink, 880)


def jar(ink: Ink) -> None:
    for x, base, w, h, tone in ((560, 790, 170, 470, "g"), (860, 810, 120, 290, "w"), (320, 810, 110, 240, "j")):
        shape = [
            (x - w * 0.45, base - h),
            (x - w * 0.4, base - h * 0.9),
            (x - w, base - h * 0.66),
            (x - w * 0.98, base - h * 0.4),
            (x - w * 0.55, base),
        ]
        mirrored = [(2 * x - px, py) for px, py in reversed(shape)]
        ink.wash([*shape, *mirrored], tone)
        ink.stroke(shape, 15)
        ink.stroke(mirrored, 15)
        ink.ring(x, base - h, w * 0.46, w * 0.12, 12)
        ink.line(x - w * 0.55, base, x + w * 0.55, base, 13)
        for share in (0.72, 0.36):
            ink.ring(x, base - h * share, w * 0.97, w * 0.16, 6, start=0.02, end=0.48)
        ink.stroke(
            [
                (x - w * 0.6, base - h * 0.5),
                (x - w * 0.2, base - h * 0.58),
                (x + w * 0.1, base - h * 0.46),
                (x + w * 0.5, base - h * 0.56),
            ],
            8,
            "r",
        )
    for dx, dy in ((0, 0), (-70, -70), (84, -96)):
        ink.stroke([(560, 330), (560 + dx * 0.4, 260 + dy * 0.3), (560 + dx, 190 + dy)], 8)
        ink.ellipse(560 + dx, 180 + dy, 34, 26, "r")
    parts.ground(ink, 836)


def lute(ink: Ink) -> None:
    ink.ellipse(430, 640, 190, 176, "g")
    ink.ring(430, 640, 190, 176, 17)
    ink.ring(430, 640, 150, 138, 6)
    ink.ring(430, 640, 30, 28, 8)
    for offset in (-11, 11):
        ink.line(540 + offset, 530 + offset, 1052 + offset, 168 + offset, 13)
    for offset in (-5, 6):
        ink.line(370 + offset, 690 + offset, 1060 + offset, 178 + offset, 4, "s")
    ink.stroke([(1040, 190), (1090, 140), (1130, 150), (1112, 206), (1150, 220)], 20)
    for i in range(2):
        ink.line(1040 + i * 44, 210 - i * 34, 1086 + i * 40, 262 - i * 34, 12)
    ink.line(352, 668, 400, 724, 14, "r")
    for i in range(4):
        ink.stroke([(1120 - i * 9, 214), (1136 - i * 16, 300), (1110 - i * 10, 390)], 6, "r")
    ink.ring(720, 770, 70, 24, 9)
    parts.hill(ink, 980, 840, 460, 180, "v", 0)
    parts.ground(ink, 860)


def drum(ink: Ink) -> None:
    ink.wash([(330, 300), (290, 420), (330, 560), (950, 560), (990, 420), (950, 300)], "r")
    for side in (-1, 1):
        ink.stroke([(640 + side * 310, 300), (640 + side * 356, 430), (640 + side * 310, 566)], 17)
    ink.wash([(640 + 316 * math.cos(a / 12 * math.pi), 300 + 92 * math.sin(a / 12 * math.pi)) for a in range(24)], "g")
    ink.ring(640, 300, 316, 92, 16)
    ink.ring(640, 300, 250, 70, 6)
    ink.ring(640, 300, 120, 34, 6)
    for i in range(12):
        a = math.tau * i / 12
        ink.stroke([(640, 300), (640 + 112 * math.cos(a), 300 + 31 * math.sin(a))], 7)
    ink.ring(640, 560, 312, 84, 15, start=0.01, end=0.49)
    for i in range(15):
        a = math.pi * (i + 0.5) / 15
        x, y = 640 + 318 * math.cos(a), 300 + 92 * math.sin(a)
        ink.dots([(x, y + 34), (x, y + 228)], 7)
    for x1, x2 in ((360, 250), (920, 1030), (540, 500), (740, 780)):
        ink.line(x1, 600, x2, 850, 19)
    ink.line(270, 770, 1010, 770, 15)
    ink.line(820, 130, 620, 280, 15)
    ink.ellipse(616, 284, 22, 16, "i")
    ink.line(1010, 150, 800, 300, 15)
    ink.ellipse(796, 304, 22, 16, "i")
    parts.ground(ink, 866)


def bowl(ink: Ink) -> None:
    shape = [(330, 500), (370, 640), (480, 750), (640, 780), (800, 750), (910, 640), (950, 500)]
    ink.wash(shape, "w")
    ink.stroke(shape, 18)
    ink.ellipse(640, 500, 306, 72, "g")
    ink.ring(640, 500, 312, 78, 16)
    ink.line(540, 790, 740, 790, 18)
    ink.stroke([(440, 690), (560, 726), (720, 726), (840, 690)], 8, "j")
    for i in range(7):
        x = 440 + i * 56
        ink.stroke([(x, 490 + (i % 2) * 16), (x + 40, 470), (x + 76, 500), (x + 120, 486)], 6, "s")
    for x, y in ((520, 520), (700, 470), (780, 516)):
        ink.ellipse(x, y, 34, 15, "j")
    ink.ellipse(610, 476, 30, 16, "r")
    ink.line(720, 470, 1120, 250, 13)
    ink.line(750, 490, 1150, 290, 13)
    for x in (500, 620, 740):
        ink.stroke([(x, 390), (x - 36, 320), (x + 26, 250), (x - 12, 160)], 7, "s")
    parts.ground(ink, 830)


def market(ink: Ink) -> None:
    ink.wash([(380, 420), (640, 200), (900, 420), (640, 470)], "g", smooth=False)
    ink.stroke([(380, 424), (500, 306), (640, 196), (780, 306), (900, 424)], 16)
    ink.ring(640, 424, 262, 48, 13, start=0.0, end=0.5)
    for share in (0.35, 0.6, 0.85):
        ink.ring(640, 210 + 214 * share, 262 * share, 46 * share, 5, "s", start=0.03, end=0.47)
    for x in range(430, 860, 52):
        ink.line(640, 206, x, 452, 3, "s")
    for x, w in ((320, 190), (960, 190), (640, 210)):
        y = 620 if x != 640 else 690
        ink.wash([(x - w, y), (x - w * 0.7, y + 150), (x + w * 0.7, y + 150), (x + w, y)], "w")
        ink.stroke(
            [
                (x - w, y),
                (x - w * 0.86, y + 90),
                (x - w * 0.66, y + 152),
                (x + w * 0.66, y + 152),
                (x + w * 0.86, y + 90),
                (x + w, y),
            ],
            13,
        )
        ink.ring(x, y, w, 34, 12)
        for i in range(9):
            gx = x - w * 0.7 + i * w * 0.175
            ink.line(gx - 16, y + 44, gx + 16, y + 130, 4, "s")
            ink.line(gx + 16, y + 44, gx - 16, y + 130, 4, "s")
        for i in range(6):
            ink.ellipse(x - w * 0.62 + i * w * 0.25, y - 14 - (i % 2) * 18, 30, 27, "r" if x == 640 else "j")
    parts.ground(ink, 866)


def theatre(ink: Ink) -> None:
    ink.line(140, 130, 1140, 130, 15)
    for x, y, s in ((360, 330, 1.0), (660, 400, 1.25), (960, 310, 0.9)):
        ink.line(x, 134, x, y - 130 * s, 6)
        ink.ellipse(x, y, 118 * s, 128 * s, "r")
        for share in (0.35, 0.75):
            ink.ring(x, y, 118 * s * share, 128 * s, 6, start=0.25, end=0.75)
            ink.ring(x, y, 118 * s * share, 128 * s, 6, start=-0.25, end=0.25)
        ink.line(x - 46 * s, y - 128 * s, x + 46 * s, y - 128 * s, 17)
        ink.line(x - 46 * s, y + 128 * s, x + 46 * s, y + 128 * s, 17)
        for i in range(5):
            ink.line(x - 24 + i * 12, y + 136 * s, x - 24 + i * 12, y + 200 * s, 4, "s")
    parts.water(ink, 720, 920, count=34)


def book(ink: Ink) -> None:
    for side in (-1, 1):
        page = [(640, 360), (640 + side * 160, 296), (640 + side * 330, 300), (640 + side * 470, 350)]
        foot = [(640 + side * 470, 750), (640 + side * 330, 704), (640 + side * 160, 702), (640, 766)]
        ink.wash([*page, *foot], "w")
        ink.stroke(page, 13)
        ink.stroke(foot, 15)
        ink.line(640 + side * 470, 350, 640 + side * 470, 750, 13)
        for i in range(9):
            y = 380 + i * 36
            ink.stroke(
                [(640 + side * 60, y + 14), (640 + side * 220, y - 26), (640 + side * (400 - 40 * (i % 3)), y - 4)],
                6,
                "s",
            )
    ink.line(640, 360, 640, 766, 11)
    ink.stroke([(720, 320), (730, 560), (716, 800), (742, 860)], 20, "r")
    parts.ground(ink, 870)


def headphones(ink: Ink) -> None:
    ink.stroke([(350, 620), (340, 420), (460, 250), (640, 196), (820, 250), (940, 420), (930, 620)], 26)
    for side in (-1, 1):
        x = 640 + side * 280
        ink.ellipse(x, 650, 80, 124, "r")
        ink.ring(x, 650, 82, 126, 16)
        ink.ring(x - side * 56, 650, 40, 104, 11)
    for i, height in enumerate((40, 90, 150, 70, 120, 50, 100)):
        x = 508 + i * 44
        ink.line(x, 640 - height / 2, x, 640 + height / 2, 12)
    parts.ground(ink, 856)


def folded_map(ink: Ink) -> None:
    folds = [(150, 300), (400, 220), (650, 300), (900, 220), (1130, 296)]
    foot = [(1130, 776), (900, 700), (650, 780), (400, 700), (150, 780)]
    for index in range(4):
        corners = [folds[index], folds[index + 1], foot[3 - index], foot[4 - index]]
        ink.wash(corners, "w" if index % 2 else "v", smooth=False)
        ink.outline(corners, 11)
    ink.stroke([(180, 640), (330, 560), (460, 600), (620, 500), (760, 540), (930, 440), (1110, 470)], 17, "j")
    ink.stroke([(560, 530), (600, 620), (560, 690), (600, 750)], 12, "j")
    ink.stroke([(200, 420), (380, 340), (560, 420), (700, 360), (1090, 380)], 5, "s")
    ink.stroke([(700, 720), (760, 640), (930, 600), (1080, 690)], 5, "s")
    for x, y in ((270, 500), (990, 570)):
        parts.hill(ink, x, y, 150, 110, "w", 7)
    for x, y, size in ((500, 440, 1.2), (820, 380, 1.0), (1010, 700, 0.8)):
        _pin(ink, x, y, size)


def _pin(ink: Ink, x: float, y: float, size: float) -> None:
    half = [(0, 0), (44, -92), (50, -150), (0, -186), (-50, -150), (-44, -92)]
    shape = [(x + dx * size, y + dy * size) for dx, dy in half]
    ink.wash(shape, "p")
    ink.wash(shape, "r")
    ink.ring(x, y - 128 * size, 20 * size, 20 * size, 9, "p")


DRAWINGS = {
    "folded-map": folded_map,
    "stele": stele,
    "bell": bell,
    "urn": urn,
    "woodblock": woodblock,
    "loom": loom,
    "jar": jar,
    "lute": lute,
    "drum": drum,
    "bowl": bowl,
    "market": market,
    "theatre": theatre,
    "book": book,
    "headphones": headphones,
}
