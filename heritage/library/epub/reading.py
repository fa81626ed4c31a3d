"""Reading an EPUB handed in: checked, described and, where needed, written anew without what runs or reaches out."""

import io
import posixpath
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lxml import etree

from heritage.library.epub.cleaning import clean_css, clean_document, is_local
from heritage.library.epub.container import MIMETYPE, MOST_XML_BYTES, Container, resolve
from heritage.library.epub.package import CONTAINER, Item, Package, read_package, refuse_protected
from heritage.library.epub.xml import local, parse, parse_document, serialise

DOCUMENTS = {"application/xhtml+xml", "text/html", "image/svg+xml", "application/x-dtbook+xml"}
STYLES = {"text/css"}
DATA = {"application/x-dtbncx+xml", "application/smil+xml", "application/pls+xml"}
KEPT = {
    *("image/jpeg", "image/png", "image/gif", "image/webp"),
    *("audio/mpeg", "audio/mp4", "audio/ogg", "audio/opus", "video/mp4", "video/webm"),
    *("font/ttf", "font/otf", "font/woff", "font/woff2", "application/font-sfnt", "application/font-woff"),
    *("application/vnd.ms-opentype", "application/x-font-ttf", "application/x-font-otf"),
    *("application/x-font-truetype", "application/x-font-opentype"),
}
"""Media types that go into the cleaned book as they are; whatever is of no listed type stays out."""


@dataclass(frozen=True)
class Epub:
    """A book that may be put on the shelf.

    `data` is the file to keep: the very bytes handed in where nothing had to be taken out (`removed` is empty).
    """

    package: Package
    data: bytes
    removed: dict[str, int]
    cover: bytes | None


def read(source: Path | IO[bytes]) -> Epub:
    """Check, describe and clean an EPUB.

    Raises:
        EpubError: it is no EPUB, is damaged, protected, or made to do harm.
    """
    original = source.read_bytes() if isinstance(source, Path) else source.read()
    with Container(io.BytesIO(original)) as container:
        refuse_protected(container)
        package = read_package(container)
        found: Counter[str] = Counter()
        parts, changed = _cleaned_parts(container, package, found)
        cover = container.read(package.cover.name) if package.cover else None
        found = +found
        data = _written(container, package, parts) if changed or found else original
    return Epub(package, data, dict(sorted(found.items())), cover)


def _cleaned_parts(container: Container, package: Package, found: Counter[str]) -> tuple[dict[str, bytes | None], bool]:
    """New bytes by name, None for what is copied as it is; and whether a document had to be mended."""
    parts: dict[str, bytes | None] = {}
    mended = False
    for item in package.items.values():
        if item.media_type in DOCUMENTS:
            parts[item.name], was_mended = _clean_one(container, item, found)
            mended = mended or was_mended
        elif item.media_type in STYLES:
            text = container.read(item.name, MOST_XML_BYTES).decode("utf-8-sig", "replace")
            parts[item.name] = clean_css(text, found).encode()
        elif item.media_type in DATA:
            parse(container.read(item.name, MOST_XML_BYTES), item.name)
            parts[item.name] = None
        elif item.media_type in KEPT:
            parts[item.name] = None
        else:
            found["foreign file"] += 1
    known = {*package.items, "mimetype", package.name}
    found["foreign file"] += sum(name not in known and not name.startswith("META-INF/") for name in container.names())
    return parts, mended


def _clean_one(container: Container, item: Item, found: Counter[str]) -> tuple[bytes, bool]:
    root, mended = parse_document(container.read(item.name, MOST_XML_BYTES), item.name)
    clean_document(root, found)
    return serialise(root), mended


def _written(container: Container, package: Package, parts: dict[str, bytes | None]) -> bytes:
    """A new container: the mimetype first and unpacked (OCF 3.3, section 4.2.3), then only what is known."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        _add(book, "mimetype", MIMETYPE, zipfile.ZIP_STORED)
        _add(book, CONTAINER, container.read(CONTAINER))
        if "META-INF/encryption.xml" in container:  # which fonts are obfuscated
            _add(book, "META-INF/encryption.xml", container.read("META-INF/encryption.xml"))
        _add(book, package.name, _cleaned_package(container, package, parts))
        for name, data in parts.items():
            _add(book, name, container.read(name) if data is None else data)
    return out.getvalue()


def _add(book: zipfile.ZipFile, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
    """With a fixed date, so that the same book cleaned twice is the same file."""
    book.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, method)


def _cleaned_package(container: Container, package: Package, parts: dict[str, bytes | None]) -> bytes:
    """The package document without what was left out and without the marks of scripted or remote content."""
    opf = parse(container.read(package.name, MOST_XML_BYTES), package.name)
    base = posixpath.dirname(package.name)
    gone = set()
    for element in list(opf.iter()):
        if local(element) == "item":
            href = element.get("href", "")
            name = _name(base, href) if is_local(href) else ""
            if name not in parts:
                gone.add(element.get("id"))
                element.getparent().remove(element)
            elif element.get("properties"):
                kept = [p for p in element.get("properties").split() if p not in ("scripted", "remote-resources")]
                element.set("properties", " ".join(kept)) if kept else element.attrib.pop("properties")
        elif local(element) == "itemref" and element.get("idref") in gone:
            element.getparent().remove(element)
    return etree.tostring(opf.getroottree(), encoding="utf-8", xml_declaration=True)


def _name(base: str, href: str) -> str:
    return resolve(posixpath.join(base, "x"), href)
