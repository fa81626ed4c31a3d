"""A list of records as a text document, in the form of official papers (Decree 30/2020/NĐ-CP, annex I)."""

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from heritage.catalog.models import Rank
from heritage.core import official_paper

MOST = 2000
"""Rows of one document; a longer list is of no use on paper, and the document says that it stops."""


def as_docx(rows: Iterable[dict[str, str]], criteria: str = "") -> Iterator[bytes]:
    from docx.enum.section import WD_ORIENT

    paper = official_paper.new_paper(size=12)
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    official_paper.centred(paper, *heading())
    paper.add_paragraph(as_of(criteria))
    source = iter(rows)
    _fill(paper, list(islice(source, MOST)))
    if next(source, None) is not None:
        paper.add_paragraph(stops())
    kept = io.BytesIO()
    paper.save(kept)
    yield kept.getvalue()


def _fill(paper: Any, rows: list[dict[str, str]]) -> None:
    official_paper.table(paper, columns(), [cells(position, row) for position, row in enumerate(rows, 1)])


def heading() -> tuple[str, ...]:
    return (*official_paper.STATE_HEADING, _("LIST OF HERITAGE RECORDS"))


def as_of(criteria: str = "") -> str:
    """Of which day the list is, and what was asked for."""
    day = date_format(timezone.localdate()).replace("Ngày", "ngày")  # within the sentence
    said = _("As of %(day)s.") % {"day": day}
    return f"{said} {_('Chosen by: %(criteria)s.') % {'criteria': criteria}}" if criteria else said


def stops() -> str:
    """What is said where the list is longer than a document."""
    said = _("The list stops here, at %(most)s records; CSV and XLSX have them all.")
    return said % {"most": number_format(MOST, force_grouping=True)}


def columns() -> tuple[str, ...]:
    return (_("No."), pgettext("of a record", "Number"), _("Name"), _("Place"), _("Rank or list"), _("Decision"))


def cells(position: int, row: dict[str, str]) -> tuple[str, ...]:
    date = "/".join(reversed(row["decision_date"].split("-"))) or row["decision_year"]
    decision = ", ".join(part for part in (row["decision_no"], date) if part) or row["further_decisions"]
    place = ", ".join(part for part in (row["commune_new"], row["province_new"]) if part)
    rank = str(Rank(row["rank"]).label) if row["rank"] else ""
    return (str(position), row["id"], row["name_vi"], place, rank, decision)
