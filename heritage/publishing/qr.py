"""QR codes of permanent short addresses (ISO/IEC 18004, model 2).

Level Q restores a quarter of the code: a label outdoors fades, gets scratched and dirty. The quiet zone is four modules
(section 6.3.8 of the standard).
"""

import io

import segno
from django.urls import reverse

from heritage.core.addresses import absolute

QUIET_ZONE = 4
SMALLEST, LARGEST = 64, 2048
"""Width and height of a PNG in pixels."""


def address(code: str) -> str:
    """What the QR code says: the permanent short address, the same for ever."""
    return absolute(reverse("short_code", args=[code]))


def make(code: str) -> segno.QRCode:
    return segno.make_qr(address(code), error="q", boost_error=False)


def svg(code: str, title: str) -> str:
    """The code as SVG without fixed size, black on white, titled for those who cannot see it."""
    out = io.BytesIO()
    make(code).save(
        out,
        kind="svg",
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        title=title,
        desc=address(code),
        omitsize=True,
        xmldecl=False,
        nl=False,
    )
    return out.getvalue().decode()


def png(code: str, size: int) -> bytes:
    """The code as PNG, the largest with whole pixels per module that fits into `size` pixels."""
    qr = make(code)
    modules = qr.symbol_size(border=QUIET_ZONE)[0]
    out = io.BytesIO()
    qr.save(out, kind="png", border=QUIET_ZONE, scale=max(1, size // modules), dpi=300)
    return out.getvalue()
