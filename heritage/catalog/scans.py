"""Scans follow their record: open while it is public, for staff while it is a draft, closed when it is withdrawn.

They are no part of a draft; the record's history tells of each that it was attached, kept for staff, taken away.
"""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.catalog.models import Record, RecordObject
from heritage.core import outbox
from heritage.core.models import Identifier
from heritage.core.models.identifier import State
from heritage.iiif import owners
from heritage.iiif.models import Access, DigitalObject
from heritage.iiif.services import set_access

ACTION = "catalog.scan"
ATTACHED, OPENED, RESTRICTED, TAKEN_AWAY = "attached", "opened", "restricted", "taken_away"


def attach(number: str, digital_object: DigitalObject) -> None:
    """Connect `digital_object` to the record of that number, behind those it has; the owner hook of `iiif`.

    Raises:
        owners.NoSuchOwnerError: no record has the number.
    """
    record = Record.objects.filter(number=number).first()
    if record is None:
        raise owners.NoSuchOwnerError(_("No record has the number %(number)s.") % {"number": number})
    link(record, digital_object)


def link(record: Record, digital_object: DigitalObject, *, is_restricted: bool = False, **said: Any) -> RecordObject:
    """Attach `digital_object`, or change whether it is for staff only; `said` is what `tell` takes beside."""
    former = RecordObject.objects.filter(record=record, digital_object=digital_object).first()
    last = RecordObject.objects.filter(record=record).aggregate(last=Max("sort_order"))["last"]
    link, _made = RecordObject.objects.update_or_create(
        record=record,
        digital_object=digital_object,
        defaults={"is_restricted": is_restricted},
        create_defaults={"is_restricted": is_restricted, "sort_order": 0 if last is None else last + 1},
    )
    if digital_object.unit_id != record.unit_id:
        digital_object.unit_id = record.unit_id
        digital_object.save(update_fields=["unit"])
    if former is None:
        tell(record, digital_object, ATTACHED, **said)
    elif former.is_restricted is not is_restricted:
        tell(record, digital_object, RESTRICTED if is_restricted else OPENED, **said)
    follow(record)
    outbox.changed(record)
    return link


def tell(record: Record, digital_object: DigitalObject, what: str, *, reason: str = "", user: Any = None) -> None:
    """Write into the record's history what became of a scan; without `user`, as done by whose request it is."""
    data = {"scan": str(digital_object), "what": what} | ({"reason": reason} if reason else {})
    log(record, ACTION, user=user, data=data)


def follow(record: Record) -> None:
    """Give each digital object of `record` the access that its records allow; its description may have changed too."""
    for digital_object in DigitalObject.objects.filter(record_objects__record=record):
        settle(digital_object)
        outbox.changed(digital_object)


def settle(digital_object: DigitalObject) -> None:
    """Set the access of one object anew from the records it belongs to."""
    wanted = _access(digital_object)
    if digital_object.access != wanted:
        set_access(digital_object, wanted)


def _access(digital_object: DigitalObject) -> str:
    """The widest that any of the object's records allows."""
    links = RecordObject.objects.filter(digital_object=digital_object)
    if links.filter(record__live=True, is_restricted=False).exists():
        return Access.OPEN
    label = Record._meta.label_lower
    gone = Identifier.objects.filter(model=label, object_id__in=links.values("record")).exclude(state=State.ACTIVE)
    count = links.count()
    return Access.CLOSED if count and gone.count() == count else Access.STAFF
