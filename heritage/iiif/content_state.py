"""IIIF Content State 1.0: what `iiif-content` in an address means, for the way to our own pages."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

MAX_LENGTH = 8000
_OURS = re.compile(
    r"/iiif/presentation/[23]/(?P<object>[A-Za-z0-9_-]{1,60})/(?:manifest|canvas/(?P<image>[^/#?]{1,80}))"
)
_REGION = re.compile(r"(?:^|&)xywh=(?:pixel:)?(\d{1,7}),(\d{1,7}),(\d{1,7}),(\d{1,7})")


class UnreadableError(ValueError):
    """The text is no content state that means anything here; the message says why."""


@dataclass(frozen=True)
class Place:
    """An object of ours, the image of one of its canvases where one is meant, and a region of it in pixels."""

    identifier: str
    image: str = ""
    region: tuple[int, int, int, int] | None = None


def encode(text: str) -> str:
    """Section 6: percent-encoded, then base64url without padding."""
    return base64.urlsafe_b64encode(quote(text, safe="!'()*~").encode()).decode().rstrip("=")


def decode(value: str) -> str:
    """The text behind an encoded content state.

    Raises:
        UnreadableError: it is not base64url of percent-encoded UTF-8.
    """
    try:
        raw = base64.urlsafe_b64decode(value.encode("ascii") + b"=" * (-len(value) % 4))
        return unquote(raw.decode("utf-8"), errors="strict")
    except (binascii.Error, UnicodeError, ValueError) as wrong:
        raise UnreadableError("iiif-content is neither an address, nor JSON, nor base64url.") from wrong


def read(value: str) -> Place:
    """The place of ours that a content state means, in any of its forms (section 2.2).

    Raises:
        UnreadableError: it cannot be read, or means nothing of ours.
    """
    if len(value) > MAX_LENGTH:
        raise UnreadableError(f"iiif-content has at most {MAX_LENGTH} characters.")
    text = value.strip()
    if not text.startswith(("http://", "https://", "{")):
        text = decode(text)
    if text.startswith(("http://", "https://")):
        return _place(text)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise UnreadableError("iiif-content holds no JSON.") from wrong
    return _place(_target(found))


def _target(state: Any) -> str:
    """The address of what an annotation, a reference or a specific resource points to, with its fragment."""
    if isinstance(state, dict) and state.get("type") == "Annotation":
        state = state.get("target")
    if isinstance(state, list) and state:
        state = state[0]
    if isinstance(state, dict) and state.get("type") == "SpecificResource":
        selector = state.get("selector")
        value = selector.get("value") if isinstance(selector, dict) else ""
        return _target(state.get("source")) + (f"#{value}" if isinstance(value, str) and value else "")
    address = state.get("id") if isinstance(state, dict) else state
    if not isinstance(address, str):
        raise UnreadableError("iiif-content names no manifest and no canvas.")
    return address


def _place(address: str) -> Place:
    try:
        parts = urlsplit(address)
    except ValueError as wrong:
        raise UnreadableError("iiif-content names a malformed address.") from wrong
    found = _OURS.fullmatch(parts.path)
    if found is None:
        raise UnreadableError("iiif-content names nothing of this archive.")
    region = _REGION.search(parts.fragment)
    box = (int(region[1]), int(region[2]), int(region[3]), int(region[4])) if region else None
    return Place(found["object"], unquote(found["image"] or ""), box)
