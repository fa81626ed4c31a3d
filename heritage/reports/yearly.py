"""The yearly report on the register as a text document, for the staff to complete and send on."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from heritage.accounts.policies import policy_of
from heritage.catalog import shown
from heritage.catalog.models import Designation, Rank, Record
from heritage.core import languages, official_paper
from heritage.reports.figures import Figures, Table, today

MOST_DECISIONS = 2000
"""A year of the whole country's decisions is in the hundreds; more would be a mistake in the data, and is said."""


def document(user: Any, year: int) -> bytes:
    """The report of `year` over the units that `user` may see, as DOCX."""
    figures = Figures(user)
    last = min(dt.date(year, 12, 31), today())
    paper = official_paper.new_paper(size=13)
    _head(paper, year, last)
    _ranks(paper, figures, year, last)
    _decisions(paper, user, year)
    _state(paper, figures, last)
    kept = io.BytesIO()
    paper.save(kept)
    return kept.getvalue()


def _head(paper: Any, year: int, last: dt.date) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    official_paper.centred(paper, *official_paper.STATE_HEADING)
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(_("REPORT ON THE HERITAGE REGISTER, %(year)s") % {"year": year})
    run.bold, run.font.size = True, Pt(15)
    note = paper.add_paragraph(_("Figures as of %(day)s, taken from the register.") % {"day": official_paper.day(last)})
    note.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _ranks(paper: Any, figures: Figures, year: int, last: dt.date) -> None:
    """How many held each rank at the end of the year and of the year before, and the difference."""
    paper.add_heading(_("1. Ranked and listed heritage"), 2)
    now = {figure.label: figure.number for figure in figures.on(last)[0].figures}
    before = {figure.label: figure.number for figure in figures.on(dt.date(year - 1, 12, 31))[0].figures}
    rows = [
        (label, str(before.get(label, 0)), str(now.get(label, 0)), _more(now.get(label, 0) - before.get(label, 0)))
        for label in (str(label) for _value, label in Rank.choices)
        if label in now or label in before
    ]
    end_before, end = f"31/12/{year - 1}", f"{last:%d/%m/%Y}"
    head = (_("Rank or list"), end_before, end, pgettext("more or fewer", "Change"))
    _table(paper, head, rows, (66, 34, 34, 26))


def _more(number: int) -> str:
    return f"{number:+d}" if number else "0"


def _decisions(paper: Any, user: Any, year: int) -> None:
    paper.add_heading(_("2. Decisions of the year"), 2)
    acts = _acts(user, year)
    found = list(acts[: MOST_DECISIONS + 1])
    rows = [
        (
            act.decision_number or "-",
            f"{act.decided_on:%d/%m/%Y}" if act.decided_on else str(act.decided_year or ""),
            act.get_act_display(),
            act.get_rank_display() if act.rank else "",
            f"{languages.in_language(act.record, 'name')} ({act.record.number})",
        )
        for act in found[:MOST_DECISIONS]
    ]
    if not rows:
        paper.add_paragraph(_("The register has no decision of this year."))
        return
    head = (_("Decision"), _("Date"), _("Act"), _("Rank or list"), _("Record"))
    _table(paper, head, rows, (32, 25, 28, 33, 42))
    if len(found) > MOST_DECISIONS:
        paper.add_paragraph(_("Only the first %(number)s decisions are listed.") % {"number": MOST_DECISIONS})


def _acts(user: Any, year: int) -> QuerySet[Designation]:
    mine = Record.objects.filter(policy_of(Record).condition(user, ["view"])).order_by()
    acts = Designation.objects.filter(effective_on__year=year, record__in=mine.values("pk"))
    return acts.select_related("record").order_by("effective_on", "decision_number", "pk")


def _state(paper: Any, figures: Figures, last: dt.date) -> None:
    """Of a past year as the register stood at its end; of this year as it stands today."""
    if last < today():
        paper.add_heading(_("3. State of the register at the end of the year"), 2)
        tables = figures.stood_on(last)
        if not any(table.figures for table in tables):
            paper.add_paragraph(_("The register had no record then."))
            return
        _short(paper, figures, last)
        for table in tables:
            _counted(paper, table)
        return
    paper.add_heading(_("3. State of the register today"), 2)
    _short(paper, figures, None)
    for table in (figures.by_kind(), figures.by_condition(), figures.by_lack(), figures.by_province()):
        _counted(paper, table)


def _short(paper: Any, figures: Figures, day: dt.date | None) -> None:
    found = figures.short(day)
    whole = found[0].number or 1
    rows = [(capfirst(one.label), str(one.number), f"{100 * one.number / whole:.0f} %") for one in found]
    _table(paper, ("", _("How many"), _("Share")), rows, (100, 30, 30))
    since = shown.kept_since()
    if day and since and day < since:
        note = _(
            "What is public and what has scans is written down day by day since %(day)s. Of the days before, "
            "publication is read from the history, and a scan counts from the day on which it came in, if it is still "
            "there."
        )
        paper.add_paragraph(note % {"day": official_paper.day(since)})


def _counted(paper: Any, table: Table) -> None:
    if table.figures:
        paper.add_paragraph(table.title).paragraph_format.keep_with_next = True
        rows = [(figure.label, str(figure.number)) for figure in table.figures]
        _table(paper, ("", _("How many")), rows, (130, 30))


def _table(paper: Any, head: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]) -> None:
    """`widths` in millimetres, of the 160 between the margins."""
    official_paper.table(paper, head, rows, widths)
    paper.add_paragraph()
