"""XML from strangers: no entities, no DTD, no network, bounded depth."""

import html
import re
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree
from lxml import html as lxml_html

from heritage.library.epub.errors import EpubError

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_NAMES = {b"amp", b"lt", b"gt", b"quot", b"apos"}


def parse(data: bytes, name: str) -> Any:
    """The root element of `data`.

    Raises:
        EpubError: it is not well-formed, or declares entities (an XML bomb, or an attempt to read other files).
    """
    _refuse_entities(data, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(_NAMED.sub(_character, data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise EpubError(_("The file %(name)s is no well-formed XML: %(error)s") % _where(name, error)) from error
    if root is None:
        raise EpubError(_("The file %(name)s is empty.") % {"name": name})
    internal = root.getroottree().docinfo.internalDTD
    if internal is not None and any(True for _entity in internal.iterentities()):
        raise EpubError(_("The file %(name)s declares entities, as an XML bomb does.") % {"name": name})
    return root


def parse_document(data: bytes, name: str) -> tuple[Any, bool]:
    """The root of a content document, and whether it had to be mended because it was not well-formed."""
    try:
        return parse(data, name), False
    except EpubError:
        _refuse_entities(data, name)
        parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_pis=True, encoding="utf-8")
        try:
            root = lxml_html.document_fromstring(data, parser=parser)
        except (etree.ParserError, ValueError) as error:
            raise EpubError(_("The file %(name)s is empty.") % {"name": name}) from error
        lxml_html.html_to_xhtml(root)
        return root, True


def serialise(root: Any) -> bytes:
    return etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True)


def local(element: Any) -> str:
    """The tag without its namespace, in lower case; "" for comments."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _refuse_entities(data: bytes, name: str) -> None:
    plain = data.replace(b"\0", b"")  # UTF-16 too
    if b"<!entity" in plain.lower():
        raise EpubError(_("The file %(name)s declares entities, as an XML bomb does.") % {"name": name})


def _character(match: re.Match[bytes]) -> bytes:
    """`&nbsp;` and its like, which XHTML 1.1 defines in a DTD that is not loaded."""
    if match[1] in _XML_NAMES:
        return match[0]
    text = html.unescape(match[0].decode("ascii"))
    return match[0] if text.startswith("&") else "".join(f"&#{ord(c)};" for c in text).encode("ascii")


def _where(name: str, error: Exception) -> dict[str, str]:
    return {"name": name, "error": str(error)[:200]}
