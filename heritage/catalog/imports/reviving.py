"""Records that are withdrawn: an import brings back only those that undoing another import took away."""

from django.utils.translation import gettext as _

from heritage.catalog.imports.updating import ConflictError, base_of
from heritage.catalog.models import Record
from heritage.core import identifiers, outbox
from heritage.core.models import Identifier
from heritage.core.models.identifier import State


def withdrawn(records: list[Record]) -> set[int]:
    """Of `records`, the primary keys of those whose number leads to a tombstone."""
    rows = Identifier.objects.filter(model=Record._meta.label_lower, object_id__in=[record.pk for record in records])
    return set(rows.exclude(state=State.ACTIVE).values_list("object_id", flat=True))


def check(record: Record) -> None:
    """
    Raises:
        ConflictError: people withdrew the record, or merged it into another.
    """
    row = base_of(record)
    if row is None or not row.withdrawn:
        raise ConflictError("id", _("The record is withdrawn. | Restore it first, or leave the row out."))


def restore(record: Record) -> None:
    identifiers.restore(record)
    outbox.changed(record)
