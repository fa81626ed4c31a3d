"""Festivals as iCalendar (RFC 5545): whole days, lines folded at 75 octets."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import prefetch_related_objects
from django.utils import timezone

from heritage.catalog.festivals import Occasion
from heritage.catalog.wording import lunar_month_text, lunar_span_text
from heritage.core import languages
from heritage.core.addresses import absolute


def calendar(occasions: Iterable[Occasion]) -> str:
    """A VCALENDAR with one VEVENT for each occasion, in the page's language; names are those of the register."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Heritage archive//Festivals//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    stamp = timezone.now().astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    occasions = list(occasions)
    prefetch_related_objects([one.record.unit for one in occasions if one.record.unit], "parent__parent")
    for occasion in occasions:
        lines += _event(occasion, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in folded(line))


def _event(occasion: Occasion, stamp: str) -> list[str]:
    record = occasion.record
    place = record.unit.full_label() if record.unit else ""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{record.number}-{occasion.first:%Y%m%d}@{absolute('').partition('//')[2] or 'archive'}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{occasion.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{occasion.last + dt.timedelta(days=1):%Y%m%d}",  # the end is the day after (3.6.1)
        f"SUMMARY:{escaped(languages.in_language(record, 'name'))}",
        f"DESCRIPTION:{escaped(_described(occasion))}",
        f"URL:{absolute(record.get_absolute_url())}",
        "TRANSP:TRANSPARENT",
        f"STATUS:{'TENTATIVE' if occasion.is_approximate or occasion.span.whole_month else 'CONFIRMED'}",
    ]
    if place:
        lines.append(f"LOCATION:{escaped(place)}")
    return [*lines, "END:VEVENT"]


def _described(occasion: Occasion) -> str:
    if occasion.lunar_first is None or occasion.lunar_last is None:
        return ""
    if occasion.span.whole_month:
        return lunar_month_text(occasion.lunar_first.month, leap=occasion.lunar_first.leap)
    return lunar_span_text(occasion.lunar_first, occasion.lunar_last)


def escaped(text: str) -> str:
    """TEXT values (3.3.11)."""
    for char, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(char, written)
    return text


def folded(line: str) -> list[str]:
    """A content line in pieces of at most 75 octets, never through a letter (3.1)."""
    pieces, piece = [], b""
    for char in line:
        octets = char.encode()
        if len(piece) + len(octets) > 75:
            pieces.append(piece.decode())
            piece = b" "
        piece += octets
    return [*pieces, piece.decode()]
