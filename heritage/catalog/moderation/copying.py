"""A new draft that begins with what another record says: ten shrines of one kind are not typed ten times."""

from django.db import transaction
from wagtail.log_actions import log

from heritage.accounts.models import User
from heritage.catalog.models import Record
from heritage.catalog.moderation import parts
from heritage.core import ending

OWN = ("number", "inventory_number", "latitude", "longitude", "coord_accuracy_m", "coord_basis", "coord_note", "cover")
"""Fields that speak of one thing only; a copy begins without them."""
COPIED_ROWS = ("sources", "relations", "lunar_rules", "tagged")


@transaction.atomic
def duplicate(record: Record, name_vi: str, name_en: str = "", user: User | None = None) -> Record:
    """A draft with the texts, terms and sources of the newest version of `record`, under a number of its own.

    Decisions, zones, pictures, scans and the point stay with the original.

    Raises:
        ValidationError: there is no name.
    """
    ending.check_name(Record, name_vi)
    version = record.get_latest_revision_as_object()
    new = Record(live=False)
    for names in parts.field_names(Record).values():
        for name in set(names) - set(OWN):
            if not Record._meta.get_field(name).many_to_many:
                setattr(new, name, getattr(version, name))
    new.go_live_at = new.expire_at = None
    new.name_vi, new.name_en = name_vi.strip(), name_en.strip()
    for name in ("terms", "periods", "shared_units"):
        getattr(new, name).set(getattr(version, name).all())
    for name in COPIED_ROWS:
        for row in getattr(version, name).all():
            row.pk = None
            getattr(new, name).add(row)
    new.save()
    new.save_revision(user=user, clean=False)
    log(new, "catalog.copy", user=user, data={"other": record.number})
    return new
