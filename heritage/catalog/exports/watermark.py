"""The words across every page of a list on paper that holds what is not public. Points; light grey, behind the text."""

from typing import Any
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext as _
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from heritage.core.folding import nfc

GREY = 0.85
"""Of white: black text on it has a contrast of 14.9 to 1 (WCAG 2.2 asks for 4.5)."""
SLANT = 30
"""Degrees, rising to the right."""
WIDE = 640
"""How long the words are; slanted they fit the A4 sheet, landscape, within the margins of `paper` and `pdf`."""
HIGH = 80
"""Of the letters of a text document, which are stretched to their box."""
FONT = "DossierBold"
FORM = "watermark"
PICTURE = """\
<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word">\
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>\
<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>\
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>\
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>\
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>\
<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>\
<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>\
<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{number}" type="#_x0000_t136" alt={words}
 style="position:absolute;margin-left:0;margin-top:0;width:{wide}pt;height:{high}pt;rotation:{turn};z-index:{depth};\
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;\
mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">{fill}\
<v:textpath style="font-family:&quot;Times New Roman&quot;;font-weight:bold;font-size:1pt" string={words}/>\
<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict>"""
"""WordArt as Word makes it for its own watermarks (ECMA-376 part 4, section 19.1.2.23, `textpath`)."""
BEHIND, BEFORE = -251658752, 251658752
"""Of the text, as Word counts depth."""


def words() -> str:
    return nfc(_("FOR INTERNAL USE"))


def on_page(canvas: Canvas) -> None:
    """Where the words will lie, if any: `settle` says it once all rows are known. Called before a page's own text."""
    canvas.doForm(FORM)


def on_picture(canvas: Canvas) -> None:
    """The same over a picture, which would hide them: what is dark in it stays so."""
    canvas.saveState()
    canvas.setBlendMode("Multiply")
    canvas.doForm(FORM)
    canvas.restoreState()


def settle(canvas: Canvas, is_marked: bool, width: float, height: float) -> None:
    """After the last page: what all of them show behind their text, the words or nothing."""
    canvas.beginForm(FORM)
    if is_marked:
        canvas.translate(width / 2, height / 2)
        canvas.rotate(SLANT)
        size = WIDE / stringWidth(words(), FONT, 1)
        canvas.setFillGray(GREY)
        canvas.setFont(FONT, size)
        canvas.drawCentredString(0, -size / 3, words())  # a capital is two thirds of its size high
    canvas.endForm()


def mark_document(paper: Any, *, with_picture: bool) -> None:
    """In the header of a text document, so on every page, as Word's own command does it.

    A picture in the last paragraph would hide it: at the same place of its page they stand over it, half transparent.
    """
    paper.sections[0].header.paragraphs[0].add_run()._r.append(_picture(2049, BEHIND))
    if with_picture:
        paper.paragraphs[-1].add_run()._r.append(_picture(2050, BEFORE, '<v:fill opacity=".5"/>'))


def _picture(number: int, depth: int, fill: str = "") -> Any:
    from docx.oxml import parse_xml

    xml = PICTURE.format(
        number=number, words=quoteattr(words()), wide=WIDE, high=HIGH, turn=360 - SLANT, depth=depth, fill=fill
    )
    return parse_xml(xml)
