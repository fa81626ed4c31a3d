"""Drawing the demo's scans with Pillow: ink on paper, the same picture each time, SAMPLE written in every one."""

import math
import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageChops, ImageDraw, ImageFont

from heritage.demo.drawn_scans import BOOK_TEXT, DrawnScan

MARK = "BẢN MẪU / SAMPLE"
PAPER, INK, RED, BLUE, GREEN = (236, 224, 199), (38, 30, 24), (163, 32, 29), (83, 112, 135), (96, 112, 72)
FONTS = Path("node_modules/@expo-google-fonts/be-vietnam-pro")


@dataclass(frozen=True)
class Word:
    """A word that was drawn, with its box in pixels: what a text layer needs."""

    text: str
    line: int
    box: tuple[int, int, int, int]


def draw(scan: DrawnScan, page: int, target: Path) -> list[Word]:
    """Draw a page (counting from 1) of a scan as JPEG; returns the words that stand on it, in reading order."""
    chance = random.Random(f"{scan.identifier}-{page}")  # noqa: S311 - a drawing, not a secret
    words: list[Word] = []
    if scan.kind == "rubbing":
        image = rubbing(scan.size, chance)
    elif scan.kind == "map":
        image = old_map(scan.size, chance)
    else:
        image, words = book_page(scan.size, BOOK_TEXT[page - 1], page)
    image.save(target, "JPEG", quality=90)
    return words


@lru_cache(maxsize=32)
def font(size: int, is_bold: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Be Vietnam Pro at `size` pixels, or Pillow's own font where the npm packages are not installed."""
    name = "700Bold/BeVietnamPro_700Bold.ttf" if is_bold else "400Regular/BeVietnamPro_400Regular.ttf"
    path = settings.BASE_DIR / FONTS / name
    return ImageFont.truetype(str(path), size) if path.exists() else ImageFont.load_default(size)


def rubbing(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """White strokes on an uneven black ground, under a brow with sun and clouds."""
    width, height = size
    image = Image.new("L", size, 232)
    pen = ImageDraw.Draw(image)
    edge = width // 14
    pen.rounded_rectangle((edge, edge, width - edge, height - edge), radius=width // 5, fill=34)
    pen.rounded_rectangle((edge * 2, edge * 2, width - edge * 2, height - edge * 2), width // 6, outline=205, width=14)
    _sun(pen, (width // 2, height // 5), width // 14)
    for place in (0, 1, 5, 6):
        x = edge * 3 + place * (width - edge * 6) // 6
        _cloud(pen, (x, height // 5 + int(60 * math.sin(place * 2))), width // 26)
    top, bottom, columns = height * 3 // 10, height - height // 5, 14
    pitch = (width - edge * 6) // columns
    for column in range(columns):
        x = edge * 3 + column * pitch + pitch // 2
        for row in range((bottom - top) // pitch):
            if chance.random() > 0.06:
                _strokes(pen, (x, top + row * pitch + pitch // 2), int(pitch * 0.36), chance)
    _stamp(pen, (width // 2, height - height // 6), width // 22, 214)
    return _grained(image, 26).convert("RGB")


def _sun(pen: ImageDraw.ImageDraw, centre: tuple[int, int], radius: int) -> None:
    x, y = centre
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=210, width=16)
    for step in range(24):
        angle = step * math.pi / 12
        far = radius * (1.7 if step % 2 else 1.4)
        start = (x + radius * 1.12 * math.cos(angle), y + radius * 1.12 * math.sin(angle))
        pen.line((*start, x + far * math.cos(angle), y + far * math.sin(angle)), fill=200, width=14)


def _cloud(pen: ImageDraw.ImageDraw, centre: tuple[int, int], radius: int) -> None:
    x, y = centre
    for turn in range(3):
        r = radius - turn * radius // 4
        pen.arc((x - r, y - r, x + r, y + r), 150 + turn * 40, 420, fill=190, width=12)


def _strokes(pen: ImageDraw.ImageDraw, centre: tuple[int, int], reach: int, chance: random.Random) -> None:
    """A figure of a few strokes that looks like writing from afar and is none."""
    x, y = centre
    for _stroke in range(chance.randint(3, 7)):
        a = (x + chance.randint(-reach, reach), y + chance.randint(-reach, reach))
        if chance.random() < 0.6:
            b = (x + chance.randint(-reach, reach), a[1] + chance.randint(-8, 8))
        else:
            b = (a[0] + chance.randint(-8, 8), y + chance.randint(-reach, reach))
        pen.line((*a, *b), fill=chance.randint(190, 236), width=chance.randint(10, 17))


def old_map(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """An imaginary delta: a river of two lines, ranks of hills, houses, boats, a frame and a cartouche."""
    width, height = size
    image = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(image)
    for offset, line in ((90, 20), (150, 8)):
        pen.rectangle((offset, offset, width - offset, height - offset), outline=INK, width=line)
    middle = [
        (x, int(height * 0.58 + 520 * math.sin(x / 780) + 180 * math.sin(x / 300))) for x in range(170, width - 170, 20)
    ]
    for shift in range(-190, 200, 19):
        inner = [(x, y + shift + int(14 * math.sin(x / 60 + shift))) for x, y in middle]
        is_bank = abs(shift) > 180
        pen.line(inner, fill=INK if is_bank else BLUE, width=16 if is_bank else 4, joint="curve")
    for row in range(4):
        for place in range(26 - row * 3):
            x = 420 + place * 200 + row * 90 + chance.randint(-40, 40)
            _hill(pen, (min(x, width - 420), 620 + row * 230 + chance.randint(-30, 30)), chance.randint(90, 150))
    for _house in range(90):
        x, y = chance.randint(300, width - 700), chance.randint(int(height * 0.8), height - 330)
        _roof(pen, (x, y), chance.randint(36, 64))
    for x, y in middle[20::55]:
        pen.arc((x - 110, y - 90, x + 110, y + 60), 20, 160, fill=INK, width=12)
        pen.line((x, y + 40, x, y - 120), fill=INK, width=8)
    box = (width - 1900, height - 760, width - 260, height - 260)
    pen.rectangle(box, fill=PAPER, outline=RED, width=18)
    _stamp(pen, ((box[0] + box[2]) // 2, (box[1] + box[3]) // 2), 150, RED)
    return _grained(image, 14)


def _hill(pen: ImageDraw.ImageDraw, foot: tuple[int, int], reach: int) -> None:
    x, y = foot
    pen.arc((x - reach, y - reach, x + reach, y + reach), 190, 350, fill=INK, width=10)
    for line in range(5):
        shade = reach * (0.2 + line * 0.15)
        pen.line((x + shade, y - reach * 0.75 + line * 18, x + shade * 1.25, y - 10), fill=GREEN, width=5)


def _roof(pen: ImageDraw.ImageDraw, foot: tuple[int, int], reach: int) -> None:
    x, y = foot
    pen.polygon([(x - reach * 1.4, y), (x, y - reach), (x + reach * 1.4, y)], outline=INK, width=6)
    pen.rectangle((x - reach, y, x + reach, y + reach * 0.8), outline=INK, width=6)


def book_page(size: tuple[int, int], text: tuple[str, ...], number: int) -> tuple[Image.Image, list[Word]]:
    """A printed page: a heading, paragraphs, a page number; with the box of every word of heading and paragraphs."""
    width, height = size
    image = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(image)
    margin = width // 8
    pen.line((margin, margin, width - margin, margin), fill=RED, width=8)
    words: list[Word] = []
    y = int(margin * 1.5)
    for part, paragraph in enumerate(text):
        kind = font(104 if part == 0 else 78, part == 0)
        y = _set(pen, paragraph, kind, (margin, y, width - margin), 150 if part == 0 else 126, words)
        y += 70
    _stamp(pen, (width // 2, height - int(margin * 1.9)), 90, RED)
    pen.text((width // 2, height - margin), str(number), font=font(70), fill=INK, anchor="mm")
    return _grained(image, 10), words


def _set(
    pen: ImageDraw.ImageDraw, text: str, kind: object, frame: tuple[int, int, int], leading: int, words: list[Word]
) -> int:
    """Set `text` into lines between the left and right of `frame`; returns where the next line begins."""
    left, y, right = frame
    x, line = left, (words[-1].line + 1 if words else 0)
    space = pen.textlength(" ", font=kind)  # type: ignore[arg-type]
    for word in text.split():
        length = pen.textlength(word, font=kind)  # type: ignore[arg-type]
        if x + length > right:
            x, y, line = left, y + leading, line + 1
        pen.text((x, y), word, font=kind, fill=INK)  # type: ignore[arg-type]
        a, b, c, d = pen.textbbox((x, y), word, font=kind)  # type: ignore[arg-type]
        words.append(Word(word, line, (int(a), int(b), math.ceil(c - a), math.ceil(d - b))))
        x += int(length + space)
    return y + leading


def _stamp(pen: ImageDraw.ImageDraw, centre: tuple[int, int], size: int, ink: object) -> None:
    pen.text(centre, MARK, font=font(size, True), fill=ink, anchor="mm")  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _grain(strength: int) -> Image.Image:
    return Image.effect_noise((1024, 1024), strength)


def _grained(image: Image.Image, strength: int) -> Image.Image:
    """The unevenness of paper: one tile of noise, laid side by side."""
    noise = Image.new("L", image.size)
    tile = _grain(strength)
    for x in range(0, image.width, tile.width):
        for y in range(0, image.height, tile.height):
            noise.paste(tile, (x, y))
    if image.mode == "RGB":
        noise = Image.merge("RGB", (noise, noise, noise))
    return ImageChops.add(image, noise, scale=1, offset=-128)
