"""What is not known of a record, said plainly: the side note of its page."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from heritage.catalog.models import Act, Confidence, Designation, LunarRule, Record
from heritage.catalog.models.vocabulary import Scheme, scheme_of
from heritage.core import languages

ROUGH = 1000
"""A point less exact than this many metres is said to be approximate."""


def of_record(record: Record, acts: Sequence[Designation], rules: Sequence[LunarRule]) -> list[str]:
    """Sentences in the page's language, the weightiest first; empty where nothing is open."""
    found = [line for line in languages.in_language(record, "unknown").splitlines() if line.strip()]
    found += _of_acts(acts)
    found += _of_place(record)
    if any(rule.is_approximate for rule in rules):
        found.append(_("The festival days are approximate."))
    if any(rule.day is None for rule in rules):
        found.append(_("Only the month of the festival is known."))
    if record.confidence == Confidence.APPROXIMATE:
        found.append(_("These facts are general knowledge and were not checked against a source."))
    elif record.confidence == Confidence.PARTLY:
        found.append(_("Part of these facts was not checked against a source."))
    return found


def _of_acts(acts: Sequence[Designation]) -> list[str]:
    """The gaps in the decisions by which the State ranked the record; listings abroad have no decision number."""
    ours = [act for act in acts if act.act in (Act.RANK, Act.UPGRADE) and scheme_of(act.rank) == Scheme.STATE]
    found = []
    numberless = sum(not act.decision_number for act in ours)
    if numberless == 1:
        found.append(_("The number of the decision is not in our sources."))
    elif numberless:
        found.append(_("The numbers of %(count)s decisions are not in our sources.") % {"count": numberless})
    if any(act.decided_on and act.authority and not act.authority.existed_on(act.decided_on) for act in acts):
        found.append(_("A decision is dated when its authority did not exist; number, date or authority is wrong."))
    if any(act.decided_year is None for act in ours):
        found.append(_("The year of the decision is not known."))
    elif any(act.decided_on is None for act in ours):
        found.append(_("Of the decision's date only the year is known."))
    return found


def _of_place(record: Record) -> list[str]:
    found = []
    if not (record.commune_printed or record.unit_id):
        found.append(_("No single commune is given in the sources."))
    if record.latitude is None and record.kind in ("monument", "component"):
        found.append(_("Its exact place on the map is not known."))
    elif record.latitude is not None and (accuracy := record.coord_accuracy_m or 0) >= ROUGH:
        kilometres = f"{accuracy / 1000:g}"
        if languages.current() == "vi":
            kilometres = kilometres.replace(".", ",")
        found.append(_("The point on the map is right to about %(kilometres)s km only.") % {"kilometres": kilometres})
    return found
