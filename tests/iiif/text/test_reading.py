"""ALTO and hOCR become words with boxes on the canvas; what is neither is refused and changes nothing."""

import pytest

from heritage.iiif.models import PageText
from heritage.iiif.services import RefusedError
from heritage.iiif.text import reading
from heritage.iiif.text.services import folded, packed, read_text

ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page WIDTH="650" HEIGHT="450"><PrintSpace>
<TextBlock LANG="vi"><TextLine>
<String CONTENT="Chùa" HPOS="10" VPOS="20" WIDTH="40" HEIGHT="12"/><SP/>
<String CONTENT="Keo" HPOS="55" VPOS="20" WIDTH="30" HEIGHT="12"/></TextLine>
<TextLine><String CONTENT="tài" HPOS="10" VPOS="40" WIDTH="20" HEIGHT="12"/>
<String CONTENT="li" SUBS_TYPE="HypPart1" SUBS_CONTENT="liệu" HPOS="34" VPOS="40" WIDTH="12" HEIGHT="12"/>
<HYP/></TextLine>
<TextLine><String CONTENT="ệu" SUBS_TYPE="HypPart2" SUBS_CONTENT="liệu" HPOS="10" VPOS="60" WIDTH="12" HEIGHT="12"/>
<String CONTENT="quý" HPOS="30" VPOS="60" WIDTH="20" HEIGHT="12"/></TextLine></TextBlock>
</PrintSpace></Page></Layout></alto>"""
HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><body><div class="ocr_page" title="image x; bbox 0 0 1300 900" lang="vie">
<span class="ocr_line" title="bbox 20 40 170 64">
<span class="ocrx_word" title="bbox 20 40 100 64; x_wconf 93">Chùa</span>
<span class="ocrx_word" title="bbox 110 40 170 64"><strong>Keo</strong></span></span></div></body></html>"""


def file_of(folder, text, name="page.xml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_alto_is_scaled_to_the_canvas_and_divided_words_are_joined(tmp_path):
    words = reading.read(file_of(tmp_path, ALTO), (1300, 900))
    assert [[word.text for word in line] for line in words.lines] == [["Chùa", "Keo"], ["tài", "liệu"], ["quý"]]
    assert words.lines[0][1].box == (110, 40, 60, 24)
    assert words.language == "vi"


def test_hocr(tmp_path):
    words = reading.read(file_of(tmp_path, HOCR, "page.hocr"), (1300, 900))
    assert [[(word.text, word.box) for word in line] for line in words.lines] == [
        [("Chùa", (20, 40, 80, 24)), ("Keo", (110, 40, 60, 24))]
    ]


def test_offsets_name_the_words(tmp_path):
    text, rows = packed(reading.read(file_of(tmp_path, ALTO), (1300, 900)).lines)
    assert text == "Chùa Keo\ntài liệu\nquý"
    assert [text[at : at + length] for at, length, *_box in rows] == ["Chùa", "Keo", "tài", "liệu", "quý"]
    assert folded(text) == "chua keo tai lieu quy"
    assert len(folded("Đ ß ﬁ")) == len("Đ ß ﬁ")


@pytest.mark.parametrize(
    "text",
    [
        "not xml",
        "<alto><Layout/></alto>",
        "<html><body>a page</body></html>",
        "<a>" * 3,
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><alto>&b;</alto>',
        ALTO.replace('WIDTH="650"', 'WIDTH="NaN"'),
    ],
)
def test_what_is_no_page_text_is_refused_and_changes_nothing(scan, tmp_path, text):
    read_text(file_of(tmp_path, ALTO), scan)
    with pytest.raises(RefusedError, match=r"bad\.xml"):
        read_text(file_of(tmp_path, text, "bad.xml"), scan)
    assert PageText.objects.get().text.startswith("Chùa Keo")


def test_text_beside_an_image_comes_with_it(db, tmp_path):
    from heritage.iiif.batches import Destination, take_in
    from tests.factories.iiif import image_file

    folder = tmp_path / "so"
    folder.mkdir()
    image_file(folder, "tr-1.png")
    file_of(folder, ALTO, "tr-1.xml")
    image_file(folder, "tr-2.png", 60, 50)
    file_of(folder, "broken", "tr-2.xml")
    report = take_in([folder], Destination(), lambda line: None)
    assert report.counts["created"] == 2
    assert [name for name, _reason in report.refusals] == ["tr-2.xml"]
    assert PageText.objects.get().canvas.image_identifier == "so.1"
