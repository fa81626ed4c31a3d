"""EPUB files for tests: whole ones, and those made to do harm."""

import io
import zipfile

from heritage.library.epub.building import Book, Part, build


def plain(title="Sách thử", paragraphs=("Đoạn một.", "Đoạn hai."), identifier="urn:uuid:test", parts=3) -> bytes:
    """A sound book of `parts` chapters."""
    chapters = [Part(f"Chương {n}", list(paragraphs), "vi") for n in range(1, parts + 1)]
    return build(Book(identifier, title, "vi", ["Thư viện"], "Sách để thử.", "2026-01-01T00:00:00Z", chapters))


def rewritten(
    data: bytes, changes: dict[str, bytes | str | None], replace: tuple[str, str, str] | None = None
) -> bytes:
    """`data` with files added, replaced or (None) left out; `replace` is (name, old, new)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if replace and name == replace[0]:
                text = text.decode().replace(replace[1], replace[2]).encode()
            if name not in changes:
                new.writestr(name, text)
        for name, text in changes.items():
            if text is not None:
                new.writestr(name, text)
    return out.getvalue()


def fixed(size=(600, 800), parts=4) -> bytes:
    """A book of fixed pages (EPUB 3.3, section 8.1)."""
    data = plain("Sách trang cố định", identifier="urn:uuid:fixed", parts=parts)
    layout = '<meta property="rendition:layout">pre-paginated</meta></metadata>'
    data = rewritten(data, {}, ("EPUB/package.opf", "</metadata>", layout))
    head = f'<head><meta name="viewport" content="width={size[0]}, height={size[1]}"/>'
    for number in range(1, parts + 1):
        data = rewritten(data, {}, (f"EPUB/part{number:02}.xhtml", "<head>", head))
    return data


HOSTILE_BODY = """<?xml version="1.0"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>x</title><script>parent.pwned = 1; document.title = 'pwned'</script>
<script src="evil.js"></script><link rel="stylesheet" href="https://evil.example/a.css"/>
<meta http-equiv="refresh" content="0; url=https://evil.example/"/>
<base href="https://evil.example/"/>
<style>@import "https://evil.example/b.css"; p { background: url(https://evil.example/c.png) }
h1 { background: u\\72l(https://evil.example/d.png) }</style></head>
<body onload="parent.pwned = 2"><h1>Chương dữ</h1><p onclick="x()">Chữ còn nguyên&nbsp;đây.</p>
<img src="https://evil.example/pixel.png" onerror="parent.pwned = 3"/><img src="x.png" srcset="https://evil.example/2x.png"/>
<a href="javascript:parent.pwned=4">một</a><a href="java&#10;script:parent.pwned=4">hai</a><a href="https://good.example/">ba</a>
<iframe src="https://evil.example/"></iframe><object data="evil.swf"></object><embed src="evil.swf"/>
<form action="https://evil.example/"><p>Giữ lại?</p></form>
<svg xmlns="http://www.w3.org/2000/svg"><script>parent.pwned = 5</script>
<a xlink:href="javascript:parent.pwned=6"><text>t</text></a>
<set attributeName="href" to="javascript:parent.pwned=7"/><image xlink:href="https://evil.example/svg.png"/></svg>
<p style="background: url('//evil.example/e.png')">Cuối chương.</p></body></html>
"""


def hostile() -> bytes:
    """A book whose first chapter tries to run programs and to reach another host in every known way."""
    book = plain("Sách dữ", identifier="urn:uuid:hostile")
    manifest = (
        "EPUB/package.opf",
        "</manifest>",
        '<item id="js" href="evil.js" media-type="text/javascript"/></manifest>',
    )
    return rewritten(book, {"EPUB/part01.xhtml": HOSTILE_BODY, "EPUB/evil.js": "parent.pwned = 8"}, manifest)


def bomb() -> bytes:
    return rewritten(plain(), {"EPUB/bomb.xhtml": b"0" * 50_000_000})


def crowd(count=10_000) -> bytes:
    return rewritten(plain(), {f"EPUB/f{n}.xhtml": b"" for n in range(count)})


def empty() -> bytes:
    """A ZIP without a single file."""
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    return out.getvalue()


BILLION_LAUGHS = """<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>&b;</p></body></html>"""

ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
<enc:EncryptedData><enc:EncryptionMethod Algorithm="%s"/>
<enc:CipherData><enc:CipherReference URI="EPUB/part01.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>"""
