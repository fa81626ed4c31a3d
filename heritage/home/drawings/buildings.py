"""Drawings of buildings. None is a real one."""

from heritage.home.drawings import parts
from heritage.home.drawings.ink import Ink


def communal_house(ink: Ink) -> None:
    parts.hill(ink, 1010, 640, 520, 330, "v", 0)
    parts.hill(ink, 250, 640, 460, 260, "v", 0)
    parts.tree(ink, 170, 740, 420, 140)
    parts.roof(ink, 660, 330, 920, 220, 70)
    parts.columns(ink, 330, 990, 560, 720, 8)
    ink.wash([(350, 575), (970, 575), (970, 715), (350, 715)], "w", smooth=False)
    for x in (470, 660, 850):
        ink.wash([(x - 56, 600), (x + 56, 600), (x + 56, 716), (x - 56, 716)], "s", smooth=False)
    ink.line(560, 590, 760, 590, 26, "r")
    parts.steps(ink, 660, 738, 560)
    parts.ground(ink, 800)


def pagoda(ink: Ink) -> None:
    parts.hill(ink, 300, 700, 640, 380, "v", 0)
    parts.hill(ink, 1040, 700, 520, 300, "v", 0)
    for y, width, gap in ((210, 300, 74), (360, 430, 84), (520, 580, 170)):
        parts.roof(ink, 640, y, width, 84, 40, ornament=y == 210)
        half = width * 0.34
        ink.wash(
            [(640 - half, y + 90), (640 + half, y + 90), (640 + half, y + 90 + gap), (640 - half, y + 90 + gap)],
            "w",
            smooth=False,
        )
        parts.columns(ink, 640 - half, 640 + half, y + 92, y + 88 + gap, 4, 11)
    ink.ring(640, 760, 62, 110, 11, start=0.5, end=1)
    ink.wash([(580, 770), (590, 690), (640, 652), (690, 690), (700, 770)], "s")
    parts.steps(ink, 640, 782, 460)
    parts.tree(ink, 1080, 800, 400, 130)
    parts.tree(ink, 180, 800, 300, 110)
    parts.ground(ink, 840)


def tower(ink: Ink) -> None:
    parts.hill(ink, 960, 780, 700, 240, "v", 0)
    tiers = [(330, 780, 480), (270, 480, 350), (205, 350, 250), (140, 250, 180)]
    for width, bottom, top in tiers:
        a, b = width / 2, width / 2 - 14
        ink.wash([(640 - a, bottom), (640 - b, top), (640 + b, top), (640 + a, bottom)], "g", smooth=False)
        ink.line(640 - a, bottom, 640 - b, top, 13)
        ink.line(640 + a, bottom, 640 + b, top, 13)
        for lift in (0, 14):
            ink.line(640 - a - 26 + lift, top + lift, 640 + a + 26 - lift, top + lift, 13 - lift / 3)
        for y in range(int(top) + 40, int(bottom) - 10, 27):
            for x in range(int(640 - a) + 20, int(640 + a) - 30, 58):
                if ink.random.random() < 0.55:
                    ink.line(x, y, x + 36, y, 4, "s")
    ink.stroke([(580, 180), (640, 96), (700, 180)], 13)
    ink.stroke([(640, 110), (640, 60)], 12)
    for width, height in ((150, 250), (100, 190)):
        ink.stroke(
            [
                (640 - width / 2, 780),
                (640 - width / 2, 780 - height * 0.6),
                (640, 780 - height),
                (640 + width / 2, 780 - height * 0.6),
                (640 + width / 2, 780),
            ],
            12,
        )
    ink.wash([(592, 780), (592, 660), (640, 596), (688, 660), (688, 780)], "s")
    for side in (-1, 1):
        ink.wash(
            [
                (640 + side * 115, 700),
                (640 + side * 115, 590),
                (640 + side * 135, 560),
                (640 + side * 148, 590),
                (640 + side * 148, 700),
            ],
            "w",
        )
    parts.steps(ink, 640, 790, 300)
    parts.birds(ink, 860, 240)
    parts.ground(ink, 850)


def citadel(ink: Ink) -> None:
    parts.hill(ink, 240, 600, 560, 300, "v", 0)
    ink.wash([(80, 560), (1200, 560), (1240, 800), (40, 800)], "w", smooth=False)
    ink.line(80, 560, 1200, 560, 14)
    ink.line(40, 800, 1240, 800, 14)
    for y in range(600, 800, 34):
        for x in range(80 + (y % 3) * 24, 1200, 96):
            if not 500 < x < 780 and ink.random.random() < 0.7:
                ink.line(x, y, x + 58, y, 4, "s")
    for x in range(90, 1190, 74):
        if not 420 < x < 860:
            ink.outline([(x, 556), (x, 524), (x + 40, 524), (x + 40, 556)], 7)
    ink.outline([(430, 800), (452, 470), (828, 470), (850, 800)], 13)
    ink.stroke([(560, 800), (560, 680), (640, 600), (720, 680), (720, 800)], 15)
    ink.wash([(566, 800), (568, 684), (640, 612), (712, 684), (714, 800)], "s")
    parts.columns(ink, 500, 780, 372, 462, 6, 11)
    ink.wash([(500, 380), (780, 380), (780, 462), (500, 462)], "w", smooth=False)
    parts.roof(ink, 640, 230, 480, 140, 52)
    ink.stroke([(1010, 556), (1010, 330)], 10)
    ink.wash([(1014, 336), (1120, 350), (1100, 390), (1130, 430), (1014, 420)], "r")
    parts.water(ink, 840, 930)


def gate(ink: Ink) -> None:
    parts.tree(ink, 150, 800, 430, 140)
    parts.tree(ink, 1140, 800, 360, 120)
    for x, width, top in ((640, 250, 330), (372, 180, 450), (908, 180, 450)):
        half = width / 2
        ink.wash([(x - half, top + 100), (x + half, top + 100), (x + half, 790), (x - half, 790)], "w", smooth=False)
        ink.line(x - half, top + 100, x - half, 790, 14)
        ink.line(x + half, top + 100, x + half, 790, 14)
        parts.roof(ink, x, top, width * 1.42, 92, 40, ornament=x == 640)
        arch = half * 0.56
        ink.stroke([(x - arch, 790), (x - arch, 650), (x, 650 - arch), (x + arch, 650), (x + arch, 790)], 11)
        ink.wash([(x - arch, 790), (x - arch, 656), (x, 660 - arch), (x + arch, 656), (x + arch, 790)], "v")
    ink.wash([(560, 466), (720, 466), (720, 516), (560, 516)], "r", smooth=False)
    for x in (236, 1044):
        ink.outline([(x - 22, 790), (x - 22, 420), (x + 22, 420), (x + 22, 790)], 9)
        ink.ellipse(x, 386, 22, 30, "s")
    parts.steps(ink, 640, 798, 420)
    parts.ground(ink, 856)


def house(ink: Ink) -> None:
    parts.hill(ink, 980, 650, 660, 290, "v", 0)
    parts.palm(ink, 210, 780, 520)
    parts.palm(ink, 300, 770, 430)
    parts.roof(ink, 690, 420, 800, 170, 34, ornament=False)
    ink.wash([(400, 600), (980, 600), (980, 760), (400, 760)], "w", smooth=False)
    parts.columns(ink, 400, 980, 600, 758, 6, 14)
    for x in (516, 690, 864):
        ink.outline([(x - 44, 632), (x + 44, 632), (x + 44, 756), (x - 44, 756)], 7)
        ink.line(x, 636, x, 752, 5)
    ink.ellipse(1120, 716, 66, 74, "w")
    ink.ring(1120, 716, 66, 74, 11)
    ink.ring(1120, 650, 44, 12, 9)
    parts.ground(ink, 800)


def stilt_house(ink: Ink) -> None:
    parts.hill(ink, 320, 700, 620, 420)
    parts.hill(ink, 1060, 700, 520, 330)
    ink.wash([(620, 296), (884, 296), (1040, 512), (980, 800), (460, 800), (384, 512)], "p", smooth=False)
    ink.wash([(640, 300), (420, 500), (1000, 500), (860, 300)], "w")
    for i in range(14):
        ink.stroke([(650 + i * 15, 312), (450 + i * 40, 500)], 8, "s")
    ink.line(620, 300, 880, 300, 20)
    ink.stroke([(636, 300), (520, 420), (384, 516)], 15)
    ink.stroke([(864, 300), (960, 420), (1040, 516)], 15)
    ink.line(384, 516, 1040, 516, 16)
    ink.wash([(450, 520), (980, 520), (980, 640), (450, 640)], "w", smooth=False)
    ink.line(430, 644, 1000, 644, 17)
    for x in (520, 640, 760, 880):
        ink.outline([(x, 548), (x + 62, 548), (x + 62, 620), (x, 620)], 6)
    parts.columns(ink, 460, 970, 646, 800, 6, 14)
    ink.line(350, 806, 446, 650, 11)
    ink.line(392, 810, 480, 660, 11)
    for i in range(5):
        ink.line(368 + i * 17, 782 - i * 27, 408 + i * 17, 782 - i * 27, 7)
    parts.sun(ink, 1130, 190)
    parts.ground(ink, 830)


DRAWINGS = {
    "communal-house": communal_house,
    "pagoda": pagoda,
    "tower": tower,
    "citadel": citadel,
    "gate": gate,
    "house": house,
    "stilt-house": stilt_house,
}
