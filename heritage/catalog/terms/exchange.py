"""A vocabulary as concepts of SKOS, and concepts taken into a vocabulary."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.catalog.models import Period, Term
from heritage.catalog.terms.uses import Vocabulary
from heritage.core.skos import Concept


@dataclass(frozen=True)
class Row:
    """What becomes of one concept: `outcome` is created, updated, unchanged or refused."""

    code: str
    label: str
    outcome: str
    reason: str = ""


def concepts(model: Vocabulary) -> list[Concept]:
    """Every row of the vocabulary."""
    rows: list[Any] = list(model._default_manager.select_related("parent"))
    return [
        Concept(row.code, {"vi": row.name_vi, "en": row.name_en}, row.parent.code if row.parent else "") for row in rows
    ]


def take_in(model: Vocabulary, found: Iterable[Concept], user: Any, *, dry_run: bool) -> list[Row]:
    """Add and change rows by their codes; what the file does not name stays, and so do years, kinds and order.

    Row by row: a refused one is told with its reason, the others are taken.
    """
    with transaction.atomic():
        told = _take(model, list(found), user)
        if dry_run:
            transaction.set_rollback(True)
    return told


def _take(model: Vocabulary, found: list[Concept], user: Any) -> list[Row]:
    present: dict[str, Any] = {row.code: row for row in model._default_manager.all()}
    told, placed = {}, []
    for one in found:
        row = present.get(one.code)
        is_new = row is None
        row = row or model(code=one.code)
        before = (row.name_vi, row.name_en)
        row.name_vi = one.labels.get("vi") or one.labels.get("") or row.name_vi
        row.name_en = one.labels.get("en") or row.name_en
        if problem := _problem(row):
            told[one.code] = Row(one.code, _label(one), "refused", problem)
            continue
        changed = (row.name_vi, row.name_en) != before
        if is_new or changed:
            row.save()
        present[one.code] = row
        told[one.code] = Row(one.code, _label(one), "created" if is_new else "updated" if changed else "unchanged")
        placed.append((one, row))
    for one, row in placed:
        told[one.code] = _place(one, row, present, told[one.code])
    for one, row in placed:
        if told[one.code].outcome in ("created", "updated"):
            act = "wagtail.create" if told[one.code].outcome == "created" else "wagtail.edit"
            log(row, act, user=user, content_changed=True, data={"skos": True})
    return [told[one.code] for one in found]


def _problem(row: Any) -> str:
    """Why a row cannot stand; "" where it can."""
    if not row.name_vi:
        return _("It has no Vietnamese label: add skos:prefLabel with the language vi.")
    try:
        row.full_clean(validate_constraints=False)
    except ValidationError as error:
        return "; ".join(error.messages)
    return ""


def _place(one: Concept, row: Any, present: dict[str, Any], told: Row) -> Row:
    """Put the row below its broader one, once all rows are there."""
    if not one.broader:
        return told
    above = present.get(one.broader)
    if above is None:
        reason = _("Its broader term %(code)s is neither in the file nor in the vocabulary; it stands at the top.")
        return Row(told.code, told.label, told.outcome, reason % {"code": one.broader})
    if row.parent_id == above.pk:
        return told
    before, row.parent = row.parent, above
    try:
        row.clean()
    except ValidationError as error:
        row.parent = before
        return Row(told.code, told.label, "refused", "; ".join(error.messages))
    row.save(update_fields=["parent"])
    return Row(told.code, told.label, "created" if told.outcome == "created" else "updated", told.reason)


def _label(one: Concept) -> str:
    return one.labels.get("vi") or one.labels.get("") or one.labels.get("en") or one.code


VOCABULARIES: dict[str, Vocabulary] = {"terms": Term, "periods": Period}
"""By their names in addresses."""
