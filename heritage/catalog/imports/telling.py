"""What the importing commands print of their reports: for people and, where a file could not be read, for machines."""

import json
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from heritage.catalog.imports.report import Refusal, Tally, UnreadableFileError

SHOWN = 200
"""Refusals printed for people; `--json` has them all."""


def unreadable(report: Tally, error: UnreadableFileError) -> str:
    """The empty report of a file that could not be taken as a whole, with the error, as JSON."""
    return json.dumps(report.as_json() | {"error": str(error)}, ensure_ascii=False)


def refusals(report: Tally, line: Callable[[Refusal], str]) -> Iterator[str]:
    """The first refusals, a line each, and how many more there are."""
    yield from map(line, report.refusals[:SHOWN])
    if len(report.refusals) > SHOWN:
        yield _("… and %(more)s more; --json lists them all") % {"more": len(report.refusals) - SHOWN}


def counts(report: Tally) -> str:
    line = _("%(created)s new, %(updated)s changed, %(unchanged)s as before, %(refused)s refused") % report.counts()
    return _("Trial run, nothing is written: ") + line if report.dry_run else line
