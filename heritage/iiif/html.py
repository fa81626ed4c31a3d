"""The little HTML that IIIF allows in descriptions (Presentation API 3.0, section 4.5), and in remarks of staff.

A text is HTML where it begins with `<` and ends with `>`. Pictures are left out of what the standard allows: what is
shown on our pages loads nothing from elsewhere.
"""

from xml.etree import ElementTree

from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

TAGS = {"a", "b", "br", "i", "p", "small", "span", "sub", "sup"}
SCHEMES = ("https://", "http://", "mailto:")


def is_html(text: str) -> bool:
    return text.startswith("<") and text.endswith(">")


def problem_of(text: str) -> str:
    """What is wrong with a text that is HTML, with the remedy; "" where it is sound, and for a plain text."""
    if not is_html(text):
        return ""
    if "<!" in text or "<?" in text:
        return _("Leave out comments and declarations (<! and <?).")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without declarations there are no entities that could grow
    except ElementTree.ParseError as error:
        return _("This is not well-formed (%(detail)s). Close every tag, with one around the whole, such as <p>.") % {
            "detail": error
        }
    for element in root.iter():
        if element.tag not in TAGS:
            known = {"tag": element.tag, "tags": ", ".join(sorted(TAGS))}
            return _("<%(tag)s> is not allowed; %(tags)s are.") % known
        for name, value in element.attrib.items():
            if element.tag != "a" or name != "href":
                return _("“%(name)s” is not allowed in <%(tag)s>; only href in <a> is.") % {
                    "name": name,
                    "tag": element.tag,
                }
            if not value.startswith(SCHEMES):
                return _("“%(value)s” is no address that may be linked to; begin it with https://.") % {"value": value}
    return ""


def no_html() -> str:
    """What is said of a plain text where HTML is to stand."""
    return _("Begin with a tag and end with it, such as <p> and </p>, or choose plain text.")


def stated(text: str) -> str:
    """The text as a manifest gives it: what merely looks like HTML gets the space that says that it is none."""
    return f"{text} " if is_html(text) and problem_of(text) else text


def plain(text: str) -> str:
    """The words alone."""
    return " ".join(strip_tags(text).split()) if is_html(text) and not problem_of(text) else text


def shown(text: str) -> str:
    """What a template may write out: sound HTML as such, anything else to be escaped as ever."""
    return mark_safe(text) if is_html(text) and not problem_of(text) else text
