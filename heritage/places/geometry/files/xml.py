"""XML that may be hostile: no document type, no entities, no external reference (CWE-776, CWE-611)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree as ElementTree  # type: ignore[import-untyped]
from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from heritage.places.geometry.shapes import refuse


def root(data: bytes, kind: str) -> Element:
    """The root element of a document that must be a `kind` (`kml`, `gpx`).

    Raises:
        BadGeometryError: broken, another vocabulary, or made to exhaust whoever reads it.
    """
    try:
        found: Element = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        message = _("The file declares a document type or entities, which maps never need; it is not read.")
        raise refuse("dangerous", message) from error
    except (ParseError, ValueError, LookupError) as error:
        raise refuse("format", _("The XML is broken: %(reason)s") % {"reason": str(error)[:200]}) from error
    if local(found) != kind:
        raise refuse(
            "format", _("The file begins with <%(tag)s>, not <%(kind)s>.") % {"tag": local(found), "kind": kind}
        )
    return found


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def every(element: Element, name: str) -> Iterator[Element]:
    """All descendants of this local name, whatever namespace the program wrote."""
    return (one for one in element.iter() if isinstance(one.tag, str) and local(one) == name)


def text(element: Element, name: str) -> str:
    """The text of the first child of this name, "" where there is none."""
    return next(((child.text or "").strip() for child in element if local(child) == name), "")
