"""From cells to values: each function takes the text of a cell and raises `WrongValueError` with the remedy."""

import datetime as dt
import re
from functools import cache

from django.db.models import TextChoices
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from heritage.catalog.models.vocabulary import Confidence, CoordBasis, Rank
from heritage.core.folding import fold


class CoordFlag(TextChoices):
    APPROX = "approx"
    EXACT = "exact"


VIET_NAM = (5.0, 24.0, 101.0, 118.0)
"""South, north, west, east in degrees, both archipelagos included."""


class WrongValueError(ValueError):
    """The cell cannot be taken; the message says what would be right."""


SPOKEN: dict[type[TextChoices], dict[str, str]] = {
    Rank: {
        "cap tinh": Rank.PROVINCIAL,
        "tinh": Rank.PROVINCIAL,
        "cap quoc gia": Rank.NATIONAL,
        "quoc gia": Rank.NATIONAL,
        "cap quoc gia dac biet": Rank.SPECIAL_NATIONAL,
        "quoc gia dac biet": Rank.SPECIAL_NATIONAL,
        "kiem ke": Rank.INVENTORY,
    }
}
"""What sheets say beside the labels, folded."""


@cache
def known_words(choices: type[TextChoices]) -> dict[str, str]:
    """Every key, and every label in either language, folded: what a sheet may call a choice."""
    known: dict[str, str] = {}
    for language in ("vi", "en"):
        with translation.override(language):
            for value, label in choices.choices:
                known.setdefault(fold(str(label)), value)
    known |= {word: str(value) for word, value in SPOKEN.get(choices, {}).items()}
    return known | {value: value for value in choices.values}


def one_of(cell: str, choices: type[TextChoices]) -> str:
    """The key of a choice, written as such or by its label in Vietnamese or English."""
    if not cell:
        return ""
    known = known_words(choices)
    key = known[cell] if cell in known else known.get(fold(cell))
    if key is None:
        raise WrongValueError(
            _("The value is not known here. | Write one of: %(keys)s.") % {"keys": ", ".join(choices.values)}
        )
    return key


def some_of(cell: str, choices: type[TextChoices]) -> list[str]:
    """The keys of choices parted by semicolons, in the order of the choices."""
    if not cell:
        return []
    found, known = set(), known_words(choices)
    for part in (part.strip() for part in cell.split(";") if part.strip()):
        key = known[part] if part in known else known.get(fold(part))
        if key is None:
            message = _('"%(part)s" is unknown. | Write, parted by semicolons: %(keys)s.')
            raise WrongValueError(message % {"part": part, "keys": ", ".join(choices.values)})
        found.add(key)
    return [key for key in choices.values if key in found]


def whole_number(cell: str, least: int, most: int) -> int | None:
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", cell) or not least <= int(cell) <= most:
        message = _("This is no such number. | Write a whole number from %(least)s to %(most)s, or leave it empty.")
        raise WrongValueError(message % {"least": least, "most": most})
    return int(cell)


def day(cell: str) -> dt.date | None:
    """A day as 2012-05-10 or 10/5/2012; not in the future, since it has been decided."""
    if not cell:
        return None
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", cell, re.ASCII):
        parts = [int(part) for part in match.groups()]
    elif match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", cell, re.ASCII):
        parts = [int(part) for part in reversed(match.groups())]
    else:
        raise WrongValueError(
            _("The day cannot be read. | Write it as 2012-05-10 or 10/5/2012, or leave it empty where it is not known.")
        )
    try:
        found = dt.date(*parts)
    except ValueError:
        message = _("There is no such day. | Write day/month/year such as 10/5/2012, or leave it empty.")
        raise WrongValueError(message) from None
    if found > timezone.localdate():
        raise WrongValueError(_("The day lies in the future. | Check the year."))
    return found


def year(cell: str) -> int | None:
    return whole_number(cell, 1900, timezone.localdate().year)


def point(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    """Degrees with a decimal point (or comma), both or neither, in Viet Nam."""
    if not latitude and not longitude:
        return None, None
    if not (latitude and longitude):
        raise WrongValueError(_("Only one of lat and lon is given. | Give both, or neither."))
    try:
        lat, lon = (float(text.replace(",", ".")) for text in (latitude, longitude))
    except ValueError:
        raise WrongValueError(
            _("These are no degrees. | Write them with a decimal point, such as 21.81 and 105.53.")
        ) from None
    south, north, west, east = VIET_NAM
    if south <= lon <= north and west <= lat <= east:
        message = _("lat and lon stand the wrong way round. | Write lat %(lat)s, lon %(lon)s: that lies in Viet Nam.")
        raise WrongValueError(message % {"lat": lon, "lon": lat})
    if not (south <= lat <= north and west <= lon <= east):
        raise WrongValueError(
            _("The point lies outside Viet Nam. | Check it: lat is from 5 to 24, lon from 101 to 118.")
        )
    return lat, lon


def keyed(cell: str, choices: type[TextChoices]) -> tuple[str, str] | None:
    """`key: words`, as an export writes words that by themselves would mean another key; None for any other cell."""
    key, colon, words = cell.partition(": ")
    return (key, words) if colon and key in choices.values else None


def note(cell: str, choices: type[TextChoices]) -> str:
    """The words of a cell from which a key is read too."""
    told = keyed(cell, choices)
    return told[1] if told else cell


def coord_basis(cell: str) -> str:
    """The basis that the words of the register mean; the words themselves are kept as a note."""
    if told := keyed(cell, CoordBasis):
        return told[0]
    words = cell.casefold()
    if words in CoordBasis.values:
        return words
    for start, basis in (
        ("survey", CoordBasis.SURVEYED),
        ("commune", CoordBasis.COMMUNE),
        ("site (general knowledge", CoordBasis.KNOWLEDGE),
        ("site", CoordBasis.SOURCE),
    ):
        if words.startswith(start):
            return basis
    return ""


def confidence(cell: str) -> str:
    """Sourced, partly sourced or approximate, by the words of the register."""
    if told := keyed(cell, Confidence):
        return told[0]
    words = cell.casefold()
    if not words:
        return ""
    if "sourced" not in words:
        return Confidence.APPROXIMATE
    doubts = ("approximate", "general knowledge", "inferred", "in part", "not found", "cut off")
    return Confidence.PARTLY if any(doubt in words for doubt in doubts) else Confidence.SOURCED


_LISTS = {
    "world heritage": Rank.WORLD_HERITAGE,
    "masterpiece": Rank.UNESCO_MASTERPIECE,
    "rl": Rank.UNESCO_REPRESENTATIVE,
    "usl": Rank.UNESCO_URGENT,
    "good practices": Rank.UNESCO_GOOD_PRACTICES,
    "geopark": Rank.GLOBAL_GEOPARK,
    "mowcap": Rank.MOWCAP,
    "mow": Rank.MOW_INTERNATIONAL,
    "national list": Rank.NATIONAL_LIST,
}


def other_lists(cell: str) -> list[tuple[str, int]]:
    """`UNESCO Masterpiece 2003; RL 2008` as pairs of list and year."""
    found = []
    for part in (part.strip() for part in cell.split(";")):
        if not part:
            continue
        match = re.fullmatch(r"(?:UNESCO\s+)?(.+?)\s+(\d{4})", part, re.IGNORECASE)
        rank = _LISTS.get(match[1].casefold()) if match else None
        if match is None or rank is None:
            message = _('"%(part)s" is unknown. | Write a list and its year, such as UNESCO RL 2019. Lists: %(keys)s.')
            raise WrongValueError(message % {"part": part, "keys": ", ".join(_LISTS)})
        found.append((str(rank), year(match[2]) or 0))
    return found


_DAY = r"(\d{1,2})/(\d{1,2})"


def lunar_rules(cell: str) -> list[dict[str, int | bool | None]]:
    """`4/1; 13/9-15/9 (approx); month 8` as rules of the lunar calendar."""
    return [_rule(part.strip()) for part in cell.split(";") if part.strip()]


def _rule(part: str) -> dict[str, int | bool | None]:
    bare = re.sub(r"\s*\(approx\)$", "", part, flags=re.IGNORECASE)
    rule: dict[str, int | bool | None] = {"day": None, "end_day": None, "end_month": None, "approx": bare != part}
    if match := re.fullmatch(r"month (\d{1,2})", bare, re.IGNORECASE | re.ASCII):
        rule |= {"month": int(match[1])}
    elif match := re.fullmatch(rf"{_DAY}(?:\s*-\s*{_DAY})?", bare, re.ASCII):
        first_day, month, last_day, last_month = (int(text) if text else None for text in match.groups())
        rule |= {"day": first_day, "month": month, "end_day": last_day}
        rule["end_month"] = last_month if last_month != month else None
    else:
        message = _('"%(part)s" is unclear. | Write a lunar day as 6/1, a range as 13/9-15/9, a month as "month 8".')
        raise WrongValueError(message % {"part": part})
    for key in ("month", "end_month"):
        if rule[key] is not None and not 1 <= int(rule[key] or 0) <= 12:
            raise WrongValueError(_("There is no such lunar month. | Write one from 1 to 12."))
    for key in ("day", "end_day"):
        if rule[key] is not None and not 1 <= int(rule[key] or 0) <= 30:
            raise WrongValueError(_("There is no such lunar day. | Write one from 1 to 30."))
    if rule["end_day"] and rule["end_month"] is None and int(rule["end_day"]) < int(rule["day"] or 0):
        raise WrongValueError(_("The last day is before the first. | Write the earlier day first."))
    return rule
