"""Settling a doubt: the unit that staff chose, on the record, its draft, its scans and its history."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.accounts import moving
from heritage.catalog import scans
from heritage.catalog.models import Record, UnitDoubt
from heritage.catalog.units import doubts
from heritage.places.models import Unit
from heritage.places.resolving import Resolver


@transaction.atomic
def settle(doubt: UnitDoubt, unit: Unit, user: Any = None) -> Record:
    """Say that the record belongs to `unit`; the same doubt is not raised again.

    Raises:
        ValidationError: the unit is not in force.
    """
    if not unit.is_current:
        raise ValidationError({"unit": _("%(unit)s is no longer in force.") % {"unit": unit}})
    record = Record.objects.select_for_update().get(pk=doubt.record_id)
    before = record.unit_id
    if before != unit.pk:
        moving.place(record, unit.pk)
        record.refresh_from_db()
        scans.follow(record)
        log(record, "wagtail.edit", user=user, data={"unit": [before, unit.pk]})
    doubt.settled_at, doubt.settled_by, doubt.settled_unit = timezone.now(), user, unit
    doubt.save()
    _keep_evidence(doubt, record)
    return record


def _keep_evidence(doubt: UnitDoubt, record: Record) -> None:
    """What would be doubted of the record as it stands now is what was settled."""
    row = Record.objects.filter(pk=record.pk).values(*doubts.FIELDS).get()
    left = doubts.examine(row, Resolver())
    if left is not None:
        doubt.reason, doubt.candidates = left.reason, list(left.candidates)
        doubt.save(update_fields=["reason", "candidates"])


@transaction.atomic
def place_undecided(user: Any = None) -> int:
    """Give every record without a unit the one that succession or its coordinate gives without doubt."""
    resolver, count = Resolver(), 0
    for row in Record.objects.filter(unit=None).order_by("pk").values(*doubts.FIELDS):
        unit = doubts.decided(row, resolver)
        if unit is None:
            continue
        record = Record.objects.get(pk=row["pk"])
        moving.place(record, unit)
        log(record, "wagtail.edit", user=user, data={"unit": [None, unit]})
        count += 1
    return count
