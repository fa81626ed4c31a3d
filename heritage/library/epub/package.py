"""The package document and the contents of an EPUB (EPUB 3.3, sections 5 and 7; EPUB 2.0.1 for older books)."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from heritage.library.epub.container import MOST_XML_BYTES, Container, resolve
from heritage.library.epub.errors import EpubError
from heritage.library.epub.xml import local, parse

CONTAINER = "META-INF/container.xml"
FONT_OBFUSCATION = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
MOST_CHAPTERS = 2_000


@dataclass(frozen=True)
class Item:
    """One file of the manifest."""

    id: str
    name: str
    media_type: str
    properties: frozenset[str]


@dataclass(frozen=True)
class Heading:
    """An entry of the contents; `href` is relative to the package document."""

    title: str
    href: str
    depth: int


@dataclass
class Package:
    """What the package document says of the book."""

    name: str
    title: str
    language: str = ""
    description: str = ""
    identifier: str = ""
    isbn: str = ""
    year: int | None = None
    creators: list[tuple[str, str]] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    spine: list[str] = field(default_factory=list)
    contents: list[Heading] = field(default_factory=list)
    cover: Item | None = None
    page_direction: str = ""
    """`rtl` where a book of pictures says so; what an EPUB says itself, the reader obeys."""

    @property
    def is_narrated(self) -> bool:
        """Whether a voice goes with the text (media overlays, EPUB 3.3, section 9)."""
        return any(item.media_type == "application/smil+xml" for item in self.items.values())


def refuse_protected(container: Container) -> None:
    """Refuse a book that only a seller's program can open.

    Raises:
        EpubError: it is under DRM.
    """
    protected = any(name in container for name in ("META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml"))
    if "META-INF/encryption.xml" in container:
        root = parse(container.read("META-INF/encryption.xml", MOST_XML_BYTES), "META-INF/encryption.xml")
        methods = {e.get("Algorithm", "") for e in root.iter() if local(e) == "encryptionmethod"}
        protected = protected or bool(methods - FONT_OBFUSCATION)
    if protected:
        raise EpubError(_("The EPUB is protected (DRM) and cannot be read here; ask the publisher for one without."))


def read_package(container: Container) -> Package:
    """The package document with its contents.

    Raises:
        EpubError: a part is missing or makes no sense.
    """
    root = parse(container.read(CONTAINER, MOST_XML_BYTES), CONTAINER)
    paths = [e.get("full-path", "") for e in root.iter() if local(e) == "rootfile"]
    if not paths or paths[0] not in container:
        raise EpubError(_("The EPUB does not say where its package document is."))
    name = paths[0]
    opf = parse(container.read(name, MOST_XML_BYTES), name)
    package = Package(name=name, title="")
    _read_metadata(opf, package)
    _read_manifest(opf, package, container)
    by_id = {item.id: item for item in package.items.values()}
    package.spine = [by_id[i].name for i in _idrefs(opf) if i in by_id]
    if not package.spine:
        raise EpubError(_("The EPUB has nothing to read: its reading order is empty."))
    package.cover = _cover(opf, by_id)
    package.contents = _contents(opf, package, container)
    return package


def _read_metadata(opf: Any, package: Package) -> None:
    roles = {e.get("refines", "")[1:]: _text(e) for e in opf.iter() if e.get("property") == "role"}
    dc = [e for e in opf.iter() if isinstance(e.tag, str) and e.tag.startswith("{http://purl.org/dc/elements/1.1/}")]
    for element in dc:
        _take(package, local(element), _text(element), element, roles)
    unique = opf.get("unique-identifier")
    identifiers = {e.get("id"): _text(e) for e in dc if local(e) == "identifier"}
    package.identifier = (identifiers.get(unique) or next(iter(identifiers.values()), ""))[:255]
    package.isbn = next(filter(None, map(isbn_13, identifiers.values())), "")
    if not package.title:
        raise EpubError(_("The EPUB has no title."))


def _take(package: Package, tag: str, text: str, element: Any, roles: dict[str, str]) -> None:
    if not text:
        return
    if tag in ("title", "language", "description") and not getattr(package, tag):
        setattr(package, tag, text)
    elif tag in ("creator", "contributor"):
        attribute = next((v for k, v in element.attrib.items() if k.endswith("role")), "")
        role = roles.get(element.get("id", ""), "") or attribute or ("aut" if tag == "creator" else "")
        package.creators.append((text[:200], role))
    elif tag == "publisher":
        package.creators.append((text[:200], "pbl"))
    elif tag == "subject":
        package.subjects.append(text[:120])
    elif tag == "date" and (match := re.match(r"\d{4}", text)):
        package.year = package.year or int(match[0])


def _read_manifest(opf: Any, package: Package, container: Container) -> None:
    for element in opf.iter():
        if local(element) == "item" and (name := resolve(package.name, element.get("href", ""))):
            properties = frozenset(element.get("properties", "").split())
            item = Item(element.get("id", ""), name, element.get("media-type", "").strip().lower(), properties)
            if name in container:
                package.items[name] = item


def _idrefs(opf: Any) -> list[str]:
    return [e.get("idref", "") for e in opf.iter() if local(e) == "itemref"]


def _cover(opf: Any, by_id: dict[str, Item]) -> Item | None:
    marked = [item for item in by_id.values() if "cover-image" in item.properties]
    older = [by_id.get(e.get("content", "")) for e in opf.iter() if local(e) == "meta" and e.get("name") == "cover"]
    found = [item for item in (*marked, *older) if item and item.media_type.startswith("image/")]
    return found[0] if found else None


def _contents(opf: Any, package: Package, container: Container) -> list[Heading]:
    """From the navigation document, else from the NCX; a book without either has none."""
    nav = next((item for item in package.items.values() if "nav" in item.properties), None)
    ncx = next((item for item in package.items.values() if item.media_type == "application/x-dtbncx+xml"), None)
    try:
        headings = _from_nav(package, container, nav) if nav else []
        return (headings or (_from_ncx(package, container, ncx) if ncx else []))[:MOST_CHAPTERS]
    except EpubError:
        return []


def _from_nav(package: Package, container: Container, nav: Item) -> list[Heading]:
    root = parse(container.read(nav.name, MOST_XML_BYTES), nav.name)
    kind = "{http://www.idpf.org/2007/ops}type"
    tables = [e for e in root.iter() if local(e) == "nav" and "toc" in (e.get(kind) or "").split()]
    headings = []
    for link in tables[0].iter() if tables else []:
        if local(link) == "a" and link.get("href"):
            depth = sum(local(above) == "ol" for above in link.iterancestors()) - 1
            headings.append(_heading(package, nav.name, _text(link), link.get("href"), depth))
    return [h for h in headings if h.href and h.title]


def _from_ncx(package: Package, container: Container, ncx: Item) -> list[Heading]:
    root = parse(container.read(ncx.name, MOST_XML_BYTES), ncx.name)
    headings = []
    for point in root.iter():
        if local(point) == "navpoint":
            label = next((_text(e) for e in point if local(e) == "navlabel"), "")
            source = next((e.get("src", "") for e in point if local(e) == "content"), "")
            depth = sum(local(above) == "navpoint" for above in point.iterancestors())
            headings.append(_heading(package, ncx.name, label, source, depth))
    return [h for h in headings if h.href and h.title]


def _heading(package: Package, base: str, title: str, href: str, depth: int) -> Heading:
    name = resolve(base, href)
    fragment = href.partition("#")[2]
    inside = name in package.items
    return Heading(title[:300], f"{name}#{fragment}" if inside and fragment else name if inside else "", max(0, depth))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def isbn_13(text: str) -> str:
    """The ISBN-13 in `text`, without hyphens and with its check digit right; "" if there is none."""
    digits = re.sub(r"^(urn:isbn:|isbn[: ]*)", "", text.strip(), flags=re.IGNORECASE).replace("-", "").replace(" ", "")
    if re.fullmatch(r"97[89]\d{10}", digits):
        return digits if sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(digits)) % 10 == 0 else ""
    if re.fullmatch(r"\d{9}[\dXx]", digits):
        values = [10 if d in "Xx" else int(d) for d in digits]
        if sum(v * (10 - i) for i, v in enumerate(values)) % 11 == 0:
            first = "978" + digits[:9]
            return first + str(-sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(first)) % 10)
    return ""
