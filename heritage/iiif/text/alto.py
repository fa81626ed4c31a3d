"""Page text as ALTO 4, the form in which libraries pass on text with boxes (Library of Congress)."""

from lxml import etree

from heritage.iiif.models import PageText
from heritage.iiif.text.reading import Box

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
Word = tuple[str, Box]


def document(page: PageText) -> bytes:
    """One ALTO file: a page, one block, its lines and their words, boxes in pixels."""
    canvas = page.canvas
    root = etree.Element(_tag("alto"), nsmap={None: NAMESPACE})
    description = etree.SubElement(root, _tag("Description"))
    etree.SubElement(description, _tag("MeasurementUnit")).text = "pixel"
    source = etree.SubElement(etree.SubElement(description, _tag("sourceImageInformation")), _tag("fileName"))
    source.text = canvas.image_identifier
    size = {"WIDTH": str(canvas.width), "HEIGHT": str(canvas.height)}
    layout = etree.SubElement(root, _tag("Layout"))
    sheet = etree.SubElement(layout, _tag("Page"), ID="page", PHYSICAL_IMG_NR=str(canvas.order + 1), **size)
    space = etree.SubElement(sheet, _tag("PrintSpace"), HPOS="0", VPOS="0", **size)
    block = etree.SubElement(space, _tag("TextBlock"), ID="block", HPOS="0", VPOS="0", **size)
    if page.language:
        block.set("LANG", page.language)
    for number, words in enumerate(_lines(page), 1):
        _add_line(block, number, words)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _lines(page: PageText) -> list[list[Word]]:
    """The words of each line, those that have a box."""
    lines: dict[int, list[Word]] = {}
    at, line = 0, 0
    for offset, length, *box in sorted(page.words):
        line += page.text.count("\n", at, offset)
        at = offset
        lines.setdefault(line, []).append((page.text[offset : offset + length], tuple(box)))
    return list(lines.values())


def _add_line(block: etree._Element, number: int, words: list[Word]) -> None:
    left, top = min(box[0] for _t, box in words), min(box[1] for _t, box in words)
    right = max(box[0] + box[2] for _t, box in words)
    bottom = max(box[1] + box[3] for _t, box in words)
    line = etree.SubElement(
        block, _tag("TextLine"), ID=f"line-{number}", **_box((left, top, right - left, bottom - top))
    )
    for at, (text, box) in enumerate(words):
        if at:
            before = words[at - 1][1]
            gap = max(0, box[0] - before[0] - before[2])
            etree.SubElement(line, _tag("SP"), WIDTH=str(gap), HPOS=str(before[0] + before[2]), VPOS=str(box[1]))
        etree.SubElement(line, _tag("String"), ID=f"word-{number}-{at + 1}", CONTENT=text, **_box(box))


def _box(box: Box) -> dict[str, str]:
    return dict(zip(("HPOS", "VPOS", "WIDTH", "HEIGHT"), map(str, box), strict=True))
