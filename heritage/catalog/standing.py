"""Rows of `RankPeriod` from designations: what makes the rank and label on any day a look-up."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from heritage.catalog import ranking
from heritage.catalog.models import Designation, RankPeriod
from heritage.core import languages

LONGEST = 1000
"""Characters of a scope; what is longer is cut, the acts themselves say it whole."""


def rows(record_id: int, acts: Iterable[Designation]) -> list[RankPeriod]:
    """Unsaved periods of a record whose `acts` (saved, `part` selected) are given."""
    return [
        RankPeriod(
            record_id=record_id,
            rank=one.rank,
            since=one.since,
            until=one.until,
            act_id=one.act or None,
            scope_vi=scope_text(one.scope, "vi")[:LONGEST],
            scope_en=scope_text(one.scope, "en")[:LONGEST],
        )
        for one in ranking.standings(map(ranking.event, acts))
    ]


def scope_text(scope: Iterable[ranking.Change], language: str | None = None) -> str:
    """`with 23 points added (2009); 1 point struck off (2015)`; "" where the scope never changed."""
    language = language or languages.current()
    changes = list(scope)
    if not changes:
        return ""
    with translation.override(language):
        return "; ".join(_change_text(one, language) for one in changes)


def _change_text(change: ranking.Change, language: str) -> str:
    parts = change.parts_en if language == "en" else change.parts_vi
    words = pgettext("scope of a ranking", "%(parts)s added") if change.is_added else _("%(parts)s struck off")
    said = words % {"parts": parts}
    return f"{said} ({change.year})" if change.year else said
