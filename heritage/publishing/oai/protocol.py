"""The protocol's own things: errors, dates, identifiers, arguments of verbs (OAI-PMH 2.0, sections 2 to 4)."""

import datetime as dt
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict

DAY, SECOND = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"
PREFIX = "oai_dc"
LONGEST_ARGUMENT = 1000


class OaiError(Exception):
    """An error of the protocol; it is answered with status 200 (section 3.6)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


ARGUMENTS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set", "resumptionToken"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set", "resumptionToken"})),
}
"""Required and optional arguments of each verb."""


def arguments(params: QueryDict) -> dict[str, str]:
    """The arguments of a request, `verb` among them.

    Raises:
        OaiError: no or an unknown verb; an argument that is unknown, missing or given twice.
    """
    verbs = params.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        raise OaiError("badVerb", f"verb must be one of {', '.join(ARGUMENTS)}")
    required, optional = ARGUMENTS[verbs[0]]
    given = {name: params.getlist(name) for name in params if name != "verb"}
    for name, values in given.items():
        if name not in required | optional:
            raise OaiError("badArgument", f"{name[:60]} is no argument of {verbs[0]}")
        if len(values) > 1 or len(values[0]) > LONGEST_ARGUMENT:
            raise OaiError("badArgument", f"{name} is given twice or too long")
    if "resumptionToken" in given:
        if len(given) > 1:
            raise OaiError("badArgument", "resumptionToken stands alone")
    elif missing := sorted(required - given.keys()):
        raise OaiError("badArgument", f"{', '.join(missing)} is missing")
    return {"verb": verbs[0], **{name: values[0] for name, values in given.items()}}


def moment(name: str, text: str) -> tuple[dt.datetime, bool]:
    """A UTC moment and whether only its day was given (section 3.3.1).

    Raises:
        OaiError: neither `YYYY-MM-DD` nor `YYYY-MM-DDThh:mm:ssZ`.
    """
    for pattern in (DAY, SECOND):
        try:
            return dt.datetime.strptime(text, pattern).replace(tzinfo=dt.UTC), pattern == DAY
        except ValueError:
            continue
    raise OaiError("badArgument", f"{name} must be YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ")


def window(arguments: Mapping[str, str]) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The moments from which (included) and until which (excluded) a harvest looks.

    Raises:
        OaiError: a bad moment, two granularities, or `from` after `until`.
    """
    begin = moment("from", arguments["from"]) if "from" in arguments else None
    end = moment("until", arguments["until"]) if "until" in arguments else None
    if begin and end and (begin[1] != end[1] or begin[0] > end[0]):
        raise OaiError("badArgument", "from and until must have one granularity and follow each other")
    step = dt.timedelta(days=1) if end and end[1] else dt.timedelta(seconds=1)
    return begin and begin[0], end and end[0] + step


def stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime(SECOND)


def namespace() -> str:
    """The repository's part of identifiers: the host of the public address."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def identifier(number: str) -> str:
    """`oai:disan.example:TN01` (Implementation Guidelines, oai-identifier)."""
    return f"oai:{namespace()}:{number}"


def number(identifier: str) -> str | None:
    """The number within an identifier of this repository."""
    scheme, _colon, rest = identifier.partition(":")
    host, _colon, number = rest.partition(":")
    return number if scheme == "oai" and host == namespace() and number else None
