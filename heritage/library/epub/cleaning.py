"""Cleaning a book's documents: nothing in them may run, nor reach another host.

The reader page's content security policy forbids the same; this is the second wall, and it also serves those who
download the file.
"""

import re
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from heritage.library.epub.xml import local

FORBIDDEN_ELEMENTS = {
    *("script", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "noscript", "portal"),
    *("fencedframe", "form", "input", "button", "select", "textarea", "handler", "listener"),
    *("animate", "set", "animatetransform", "animatemotion", "discard"),
}
ADDRESSES = {
    *("href", "src", "poster", "data", "background", "cite", "longdesc", "usemap", "profile", "manifest"),
}
PLAIN = {"content-type", "content-language"}
"""What a `meta` may say in place of a header: many programs write it, and it leads nowhere."""
FORBIDDEN_ATTRIBUTES = {"srcdoc", "ping", "srcset", "imagesrcset", "formaction", "action"}
_CSS_URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)]*))\s*\)", re.IGNORECASE)
_CSS_IMPORT = re.compile(r"@import\s+(?:url\()?\s*[\"']?([^\"')\s;]+)[^;]*;?", re.IGNORECASE)
_CSS_RUNS = re.compile(r"expression\s*\(|-moz-binding|behavior\s*:|javascript\s*:", re.IGNORECASE)
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.DOTALL)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def clean_document(root: Any, found: Counter[str]) -> None:
    """Take out of an XHTML or SVG tree what runs or reaches out; `found` counts each kind."""
    for element in list(root.iter()):
        tag = local(element)
        acts = tag == "meta" and element.get("http-equiv", "content-type").strip().lower() not in PLAIN
        if tag in FORBIDDEN_ELEMENTS or acts:
            _remove(element)
            found[tag] += 1
        elif tag == "link" and not _is_stylesheet(element):
            _remove(element)
        elif tag:
            _clean_attributes(element, tag, found)
            if tag == "style" and element.text:
                element.text = clean_css(element.text, found)


def clean_css(text: str, found: Counter[str]) -> str:
    """A style sheet without other hosts' addresses and without what old browsers ran as a program."""
    plain = _CSS_ESCAPE.sub(_unescaped, _CSS_COMMENT.sub("", text))
    if plain != text and (_reaches_out(plain) or _CSS_RUNS.search(plain)):
        text = plain  # an address or a program hidden by escapes or comments: clean what a browser would see

    def keep_import(match: re.Match[str]) -> str:
        return match[0] if is_local(match[1]) else _count(found, "remote style sheet", "")

    def keep_url(match: re.Match[str]) -> str:
        address = match[1] or match[2] or match[3] or ""
        return match[0] if is_local(address) or _is_picture(address) else _count(found, "remote address", "none")

    text = _CSS_URL.sub(keep_url, _CSS_IMPORT.sub(keep_import, text))
    return _CSS_RUNS.sub(lambda _match: _count(found, "style program", "-x-none("), text)


def is_local(address: str) -> bool:
    """Whether `address` stays inside the book."""
    plain = re.sub(r"[\x00-\x20]", "", address)
    try:
        parts = urlsplit(plain)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and not plain.startswith(("//", "\\"))


def _clean_attributes(element: Any, tag: str, found: Counter[str]) -> None:
    for name, value in list(element.attrib.items()):
        short = name.rpartition("}")[2].lower()
        if short.startswith("on") or short in FORBIDDEN_ATTRIBUTES:
            del element.attrib[name]
            found["event handler" if short.startswith("on") else short] += 1
        elif short in ADDRESSES and not _may_stay(tag, value):
            del element.attrib[name]
            found["remote address" if re.match(r"\s*(https?:)?//", value, re.IGNORECASE) else "dangerous address"] += 1
        elif short == "style" or (_CSS_URL.search(value) and short not in ADDRESSES):
            element.set(name, clean_css(value, found))


def _may_stay(tag: str, address: str) -> bool:
    """Pictures and styles come from the book itself; a link for a person to follow may lead to the web."""
    if is_local(address):
        return True
    if tag == "a":
        return re.match(r"\s*(https?://|mailto:)", address, re.IGNORECASE) is not None
    return tag in ("img", "image") and _is_picture(address)


def _is_picture(address: str) -> bool:
    return re.match(r"\s*data:image/(png|jpeg|gif|webp)[;,]", address, re.IGNORECASE) is not None


def _is_stylesheet(link: Any) -> bool:
    return "stylesheet" in (link.get("rel") or "").lower().split() and is_local(link.get("href") or "")


def _reaches_out(css: str) -> bool:
    return any(not is_local(next(filter(None, m), "")) for m in _CSS_URL.findall(css)) or any(
        not is_local(address) for address in _CSS_IMPORT.findall(css)
    )


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        code = int(match[1], 16)
        return chr(code) if 0 < code < 0x110000 else "\ufffd"
    return match[2]


def _count(found: Counter[str], kind: str, replacement: str) -> str:
    found[kind] += 1
    return replacement


def _remove(element: Any) -> None:
    """Out of the tree, its following text kept."""
    parent = element.getparent()
    if parent is None:
        element.clear()
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
