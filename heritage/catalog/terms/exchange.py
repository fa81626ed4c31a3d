"""A vocabulary as concepts of SKOS, and concepts taken into a vocabulary."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.catalog.models import Period, Term
from heritage.catalog.terms.uses import Vocabulary
from heritage.core.skos import Concept

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Row:
    """What becomes of one concept: `outcome` is created, updated, unchanged or refused."""

    code: str
    label: str
    outcome: str
    reason: str = ""


def concepts(model: Vocabulary) -> list[Concept]:
    """Every row of the vocabulary."""
    rows: list[Any] = list(model._default_manager.select_related("parent").prefetch_related("also_within"))
    return [
        Concept(
            row.code,
            {"vi": row.name_vi, "en": row.name_en},
            tuple(above.code for above in [*filter(None, [row.parent]), *row.also_within.all()]),
            other_labels={name: tuple(_lines(getattr(row, f"other_names_{name}"))) for name in LANGUAGES},
        )
        for row in rows
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


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
        before = _said(row)
        row.name_vi = one.labels.get("vi") or one.labels.get("") or row.name_vi
        row.name_en = one.labels.get("en") or row.name_en
        for name in LANGUAGES:
            if names := one.other_labels.get(name):
                known = _lines(getattr(row, f"other_names_{name}"))
                setattr(row, f"other_names_{name}", "\n".join([*known, *(each for each in names if each not in known)]))
        if problem := _problem(row):
            told[one.code] = Row(one.code, _label(one), "refused", problem)
            continue
        changed = _said(row) != before
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


def _said(row: Any) -> tuple[str, ...]:
    return (row.name_vi, row.name_en, row.other_names_vi, row.other_names_en)


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
    """Put the row below its broader ones, once all rows are there; the first it had stays the first."""
    reasons, wanted = [], []
    for code in one.broader:
        if above := present.get(code):
            wanted.append(above)
        else:
            reason = _("Its broader term %(code)s is neither in the file nor in the vocabulary.")
            reasons.append(reason % {"code": code})
    held = set(row.also_within.values_list("pk", flat=True)) | ({row.parent_id} if row.parent_id else set())
    if not wanted or {above.pk for above in wanted} == held:
        return replace(told, reason=" ".join([told.reason, *reasons]).strip())
    try:
        _stand_below(row, wanted)
    except ValidationError as error:
        return replace(told, outcome="refused", reason="; ".join(error.messages))
    outcome = "created" if told.outcome == "created" else "updated"
    return replace(told, outcome=outcome, reason=" ".join([told.reason, *reasons]).strip())


def _stand_below(row: Any, wanted: list[Any]) -> None:
    """Place `row`; what its form would refuse is refused here too."""
    row.refuse_loop([above.pk for above in wanted], "parent")
    before = row.parent
    if row.parent not in wanted:
        row.parent = wanted[0]
    try:
        row.clean_fields()
        row.clean_years()
    except ValidationError:
        row.parent = before
        raise
    row.save(update_fields=["parent"])
    row.also_within.set(above for above in wanted if above.pk != row.parent_id)


def _label(one: Concept) -> str:
    return one.labels.get("vi") or one.labels.get("") or one.labels.get("en") or one.code


VOCABULARIES: dict[str, Vocabulary] = {"terms": Term, "periods": Period}
"""By their names in addresses."""
