"""Demo scans: original drawings that say on their face that they are samples, attached to a few records."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from heritage.demo import samples
from heritage.demo.drawn_scans import DRAWN, DrawnScan
from heritage.demo.ink import Word as DrawnWord
from heritage.demo.ink import draw
from heritage.iiif import captions, owners, services
from heritage.iiif.models import Canvas, CaptionKind, DigitalObject
from heritage.iiif.text import services as text
from heritage.iiif.text.reading import Word

SPOKEN = "LOI-KE-BAN-DAP"
SUBTITLES = samples.DATA.parent / "scans" / "rubbing.en.vtt"
CREDIT_VI = "Bản mẫu do phần mềm vẽ để minh họa; không phải hiện vật thật."
CREDIT_EN = "A sample drawn by the software as an illustration; not a real object."


def load(say: Callable[[str], None]) -> None:
    """Draw what is not there yet; what is there stays as it is."""
    made = sum(_load_one(scan) for scan in DRAWN) + _load_spoken()
    say(f"{len(DRAWN) + 1} digital objects, {made} of them new")


def _load_spoken() -> bool:
    """A sound with captions in Vietnamese and subtitles in English."""
    if DigitalObject.objects.filter(identifier=SPOKEN).exists():
        return False
    target = services.create_object(
        SPOKEN,
        "Lời kể về một bản dập bia",
        "A rubbing of a stele, told",
        access="open",
        attribution_vi="Bản mẫu do máy đọc.",
        attribution_en="A sample read by a machine.",
    )
    sound = samples.AUDIO / "stele-rubbing" / "01.mp3"
    canvas = services.ingest(sound, target, label_vi="Bản dập là gì", label_en="What a rubbing is").canvases[0]
    captions.read_file(sound.with_suffix(".vtt"), canvas, "vi")
    english = captions.read_file(SUBTITLES, canvas, "en")
    captions.keep(canvas, "en", english.text, kind=CaptionKind.SUBTITLES, source=SUBTITLES.name)
    return True


def _load_one(scan: DrawnScan) -> bool:
    existing = DigitalObject.objects.filter(identifier=scan.identifier).first()
    if existing and existing.canvases.count() >= len(scan.pages):
        return False
    target = existing or _object(scan)
    with TemporaryDirectory() as folder:
        for number, page in enumerate(scan.pages, 1):
            file = Path(folder) / f"{scan.identifier}-{number}.jpg"
            words = draw(scan, number, file)
            canvas = services.ingest(file, target, label_vi=page.label_vi, label_en=page.label_en).canvases[0]
            if words:
                _set_text(canvas, words)
    return existing is None


def _set_text(canvas: Canvas, words: list[DrawnWord]) -> None:
    lines = [[Word(word.text, word.box) for word in line] for _n, line in groupby(words, key=lambda word: word.line)]
    text.set_text(canvas, lines, language="vi", source="demo")


def _object(scan: DrawnScan) -> DigitalObject:
    values = {
        "summary_vi": scan.summary_vi,
        "summary_en": scan.summary_en,
        "rights": "http://creativecommons.org/publicdomain/zero/1.0/",
        "attribution_vi": CREDIT_VI,
        "attribution_en": CREDIT_EN,
        "behavior": scan.behavior,
        "viewing_direction": scan.viewing_direction,
    }
    try:
        return services.create_object(
            scan.identifier,
            scan.label_vi,
            scan.label_en,
            owner=("record", scan.record),
            **values,  # type: ignore[arg-type]
        )
    except owners.NoSuchOwnerError:  # the register may be loaded without the demo's records
        return services.create_object(scan.identifier, scan.label_vi, scan.label_en, access="open", **values)  # type: ignore[arg-type]
