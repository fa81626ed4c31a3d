"""Building an EPUB 3 from plain text: for the archive's own short texts."""

import html
import io
import itertools
import zipfile
from dataclasses import dataclass, field

from heritage.library.epub.container import MIMETYPE
from heritage.library.epub.narration import ACTIVE_CLASS, Narration, marked_up, smil

STYLE = """\
html { line-height: 1.6; }
body { margin: 0 5%; }
h1, h2 { line-height: 1.3; font-weight: 600; hyphens: none; }
.note { border-block: 1px solid; padding-block: .5em; font-size: .9em; }
"""
SPOKEN = f".{ACTIVE_CLASS} {{ background: #f4dfa0; color: #1f1b16; }}\n"


@dataclass(frozen=True)
class Part:
    """One chapter: paragraphs are plain text; a list item begins with `- `."""

    title: str
    paragraphs: list[str]
    language: str
    narration: Narration | None = None


@dataclass(frozen=True)
class Book:
    """What a simple book is made of; `identifier` is a URN, `modified` an instant such as `2026-01-01T00:00:00Z`."""

    identifier: str
    title: str
    language: str
    creators: list[str]
    description: str
    modified: str
    parts: list[Part]
    labels: dict[str, str] = field(default_factory=lambda: {"contents": "Mục lục"})
    cover: bytes | None = None
    """A JPEG."""
    narrator: str = ""


def build(book: Book) -> bytes:
    """The file; the same book is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for name, data in _files(book).items():
            packed_already = name == "mimetype" or name.endswith((".jpg", ".mp3"))
            method = zipfile.ZIP_STORED if packed_already else zipfile.ZIP_DEFLATED
            container.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, method)
    return out.getvalue()


def _files(book: Book) -> dict[str, bytes | str]:
    files: dict[str, bytes | str] = {
        "mimetype": MIMETYPE,
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": _package(book),
        "EPUB/nav.xhtml": _navigation(book),
        "EPUB/style.css": STYLE + (SPOKEN if _narrated(book) else ""),
    }
    if book.cover:
        files["EPUB/cover.jpg"] = book.cover
        files["EPUB/cover.xhtml"] = _page(
            book.title,
            book.language,
            f'<section epub:type="cover"><img src="cover.jpg" alt="{html.escape(book.title)}"/></section>',
        )
    for number, part in enumerate(book.parts, 1):
        files[f"EPUB/part{number:02d}.xhtml"] = _page(part.title, part.language, _body(part))
        if part.narration:
            files[f"EPUB/part{number:02d}.mp3"] = part.narration.audio
            files[f"EPUB/part{number:02d}.smil"] = smil(
                f"part{number:02d}.xhtml", f"part{number:02d}.mp3", part.narration
            )
    return files


def _narrated(book: Book) -> list[tuple[int, Narration]]:
    """The chapters that have a voice, by their number."""
    return [(number, part.narration) for number, part in enumerate(book.parts, 1) if part.narration]


def _body(part: Part) -> str:
    marks = itertools.count(1) if part.narration else None
    lines = [f'<h1 id="c0">{html.escape(part.title)}</h1>' if marks else f"<h1>{html.escape(part.title)}</h1>"]
    items: list[str] = []
    for paragraph in [*part.paragraphs, ""]:
        if paragraph.startswith("- "):
            items.append(f"<li>{marked_up(paragraph[2:], marks)}</li>")
            continue
        if items:
            lines.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if paragraph:
            lines.append(f"<p>{marked_up(paragraph, marks)}</p>")
    return '<section epub:type="chapter">' + "\n".join(lines) + "</section>"


def _page(title: str, language: str, body: str) -> str:
    return _PAGE.format(title=html.escape(title), language=language, body=body)


def _navigation(book: Book) -> str:
    rows = "".join(
        f'<li><a href="part{number:02d}.xhtml">{html.escape(part.title)}</a></li>'
        for number, part in enumerate(book.parts, 1)
    )
    label = html.escape(book.labels["contents"])
    body = f'<nav epub:type="toc" id="toc"><h1>{label}</h1><ol>{rows}</ol></nav>'
    return _page(label, book.language, body)


def _package(book: Book) -> str:
    numbers = range(1, len(book.parts) + 1)
    narrated = dict(_narrated(book))
    manifest = [_item(n, n in narrated) for n in numbers]
    spine = [f'<itemref idref="p{n}"/>' for n in numbers]
    if book.cover:
        manifest.append('<item id="cover" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>')
        manifest.append('<item id="coverpage" href="cover.xhtml" media-type="application/xhtml+xml"/>')
        spine.insert(0, '<itemref idref="coverpage" linear="no"/>')
    languages = dict.fromkeys([book.language, *(part.language for part in book.parts)])
    return _PACKAGE.format(
        identifier=html.escape(book.identifier),
        title=html.escape(book.title),
        language=book.language,
        languages="".join(f"<dc:language>{one}</dc:language>" for one in languages),
        creators="".join(f"<dc:creator>{html.escape(one)}</dc:creator>" for one in book.creators),
        description=html.escape(book.description),
        modified=book.modified,
        voice=_voice(book),
        manifest="".join(manifest),
        spine="".join(spine),
    )


def _item(number: int, has_voice: bool) -> str:
    document, voice = f"part{number:02d}.xhtml", f"part{number:02d}"
    if not has_voice:
        return f'<item id="p{number}" href="{document}" media-type="application/xhtml+xml"/>'
    return (
        f'<item id="p{number}" href="{document}" media-type="application/xhtml+xml" media-overlay="s{number}"/>'
        f'<item id="s{number}" href="{voice}.smil" media-type="application/smil+xml"/>'
        f'<item id="a{number}" href="{voice}.mp3" media-type="audio/mpeg"/>'
    )


def _voice(book: Book) -> str:
    """Metadata of media overlays (EPUB 3.3, section D.3.5); durations in seconds."""
    narrated = _narrated(book)
    if not narrated:
        return ""
    one_by_one = "".join(
        f'<meta property="media:duration" refines="#s{n}">{voice.duration_s:.3f}s</meta>' for n, voice in narrated
    )
    total = sum(round(voice.duration_s, 3) for _n, voice in narrated)
    narrator = f'<meta property="media:narrator">{html.escape(book.narrator)}</meta>' if book.narrator else ""
    return (
        f'{one_by_one}<meta property="media:duration">{total:.3f}s</meta>{narrator}'
        f'<meta property="media:active-class">{ACTIVE_CLASS}</meta>'
        '<meta property="schema:accessMode">auditory</meta>'
        '<meta property="schema:accessibilityFeature">synchronizedAudioText</meta>'
    )


_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
_PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier><dc:title>{title}</dc:title>{languages}{creators}
<dc:description>{description}</dc:description><meta property="dcterms:modified">{modified}</meta>
<meta property="schema:accessMode">textual</meta><meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityHazard">none</meta>{voice}
</metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>{manifest}</manifest>
<spine>{spine}</spine></package>
"""
_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
lang="{language}" xml:lang="{language}">
<head><title>{title}</title><link rel="stylesheet" href="style.css"/></head>
<body>{body}</body></html>
"""
