"""Writes: each function is one transaction that leaves the register, its history and its outbox in step."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from heritage.accounts.models import UnitLogEntry, User
from heritage.catalog import scans
from heritage.catalog.models import Designation, Record, RecordObject
from heritage.catalog.moderation import parts
from heritage.core import ending, identifiers, outbox
from heritage.iiif.models import DigitalObject


@transaction.atomic
def publish(record: Record, user: User | None = None) -> Record:
    """Make the newest version of `record` public; rights are the caller's to ask.

    Raises:
        ValidationError: the version cannot stand as it is; nothing changes.
    """
    draft = record.get_latest_revision_as_object()
    draft.full_clean()
    revision = record.latest_revision if record.has_unpublished_changes else None
    revision = revision or draft.save_revision(user=user, clean=False)
    revision.publish(user=user, skip_permission_checks=True)
    record.refresh_from_db()
    return record


@transaction.atomic
def unpublish(record: Record, user: User | None = None) -> Record:
    """Take `record` off the public pages; its addresses answer 404 until it is published again."""
    record.unpublish(user=user)
    return record


@transaction.atomic
def amend(
    record: Record,
    change: Callable[[Record], Any],
    user: User | None = None,
    *,
    may_publish: bool,
    reason: str = "",
) -> Record:
    """Apply `change` to the newest version of `record`.

    What was public, with no draft that waits, is public with the change at once where `may_publish`; else the change
    waits in a draft.

    Raises:
        ValidationError: the record cannot stand as it would be; nothing is saved.
    """
    follows = may_publish and record.live and not record.has_unpublished_changes
    draft = record.get_latest_revision_as_object()
    change(draft)
    draft.full_clean()
    if not record.live:  # a draft's row shows its newest version, as the editor has it
        draft.save()
    revision = draft.save_revision(user=user, clean=False)
    log(draft, "wagtail.edit", user=user, revision=revision, content_changed=True, data={"reason": reason})
    if follows:
        revision.publish(user=user, skip_permission_checks=True)
    return record


def keep_public_version(record: Record) -> None:
    """Give a public version that no revision holds one of its own, older than any draft."""
    if not record.live or record.live_revision_id:
        return
    stored = Record.objects.get(pk=record.pk)
    kind = Record.get_content_type()
    kept = Revision.objects.create(
        content_type=kind, base_content_type=kind, object_id=str(record.pk), content=stored.serializable_data(),
        object_str=str(stored), created_at=stored.last_published_at or stored.created_at,
    )  # fmt: skip
    Record.objects.filter(pk=record.pk).update(live_revision=kept)
    record.live_revision = kept


@transaction.atomic
def withdraw(record: Record, reason_vi: str, reason_en: str = "", user: User | None = None) -> Record:
    """Take `record` off the public pages for good, leaving a tombstone that says why (410).

    Raises:
        ValidationError: no reason is given.
    """
    ending.check_reason(reason_vi)
    public = _keep_public(record, user)
    record.unpublish(user=user)
    identifiers.withdraw(record, reason_vi.strip(), reason_en.strip())
    scans.follow(record)
    log(record, "wagtail.edit", user=user, data={"withdrawn": reason_vi.strip(), PUBLIC_VERSION: public})
    outbox.changed(record)
    return record


@transaction.atomic
def merge(record: Record, into: Record, reason_vi: str, reason_en: str = "", user: User | None = None) -> Record:
    """Take `record` off the public pages because `into` is the same thing; its addresses lead there from now on."""
    ending.check_target(record, into)
    public = _keep_public(record, user)
    record.unpublish(user=user)
    identifiers.merge(record, into, reason_vi.strip(), reason_en.strip())
    scans.follow(record)
    log(record, "wagtail.edit", user=user, data={"merged_into": into.number, PUBLIC_VERSION: public})
    outbox.changed(record)
    return record


@transaction.atomic
def restore(record: Record, user: User | None = None) -> Record:
    """Lift the tombstone of `record`, and publish again what was public when it was withdrawn; drafts stay drafts."""
    lift_tombstone(record, user)
    if record.first_published_at:
        _publish_again(Record.objects.get(pk=record.pk), user)
        record.refresh_from_db()
    return record


PUBLIC_VERSION = "public_version"
"""In the history of a withdrawal: the revision that has what was public until then."""


def _keep_public(record: Record, user: User | None) -> int | None:
    """Keep what is public as a revision of its own, below a draft that waits; its primary key."""
    stored = Record.objects.get(pk=record.pk)
    if not stored.live:
        return None
    draft = stored.get_latest_revision_as_object().serializable_data() if stored.has_unpublished_changes else None
    public = stored.save_revision(user=user, clean=False)
    if draft:
        Record.objects.get(pk=record.pk).with_content_json(draft).save_revision(user=user, clean=False)
    record.latest_revision = Record.objects.get(pk=record.pk).latest_revision  # the caller saves `record` whole
    return int(public.pk)


def _publish_again(record: Record, user: User | None) -> None:
    """What was written meanwhile waits as a draft: withdrawing and restoring is no way round moderation."""
    draft = record.get_latest_revision_as_object().serializable_data()
    public = last_public_version(record) or record
    public.unit_id = record.unit_id  # the unit may have passed on since
    public.shared_units.set(record.shared_units.all())
    shown = public.serializable_data()
    public.save_revision(user=user, clean=False).publish(user=user, skip_permission_checks=True)
    if parts.fingerprints(Record, draft) != parts.fingerprints(Record, shown):
        Record.objects.get(pk=record.pk).with_content_json(draft).save_revision(user=user, clean=False)


def last_public_version(record: Record) -> Record | None:
    """What was public when `record` was last withdrawn or merged; None where nothing was, or no history says it."""
    entries = UnitLogEntry.objects.for_instance(record).order_by("-timestamp", "-pk")
    keys = (entry.data.get(PUBLIC_VERSION) for entry in entries.filter(action="wagtail.edit"))
    revision = record.revisions.filter(pk=next(filter(None, keys), None)).first()
    return revision.as_object() if revision else None


@transaction.atomic
def lift_tombstone(record: Record, user: User | None = None) -> Record:
    """Let the number of `record` be active again; what is public stays as it is."""
    identifiers.restore(record)
    scans.follow(record)
    log(record, "wagtail.edit", user=user, data={"restored": True})
    outbox.changed(record)
    return record


@transaction.atomic
def designate(designation: Designation, user: User | None = None) -> Designation:
    """Record an act of an authority, on what is public and in a version of its own, so that the history has it too.

    Raises:
        ValidationError: a field is missing or contradicts the act; nothing is saved.
    """
    designation.full_clean()
    designation.save()
    record = Record.objects.get(pk=designation.record_id)
    revision = _with_act(record, designation, user) if record.latest_revision_id else None
    data = {"designation": str(designation)}
    log(record, "wagtail.edit", user=user, revision=revision, content_changed=bool(revision), data=data)
    return designation


def _with_act(record: Record, designation: Designation, user: User | None) -> Revision:
    """The newest version with the act in it; a draft that waits stays a draft."""
    follows = record.live and not record.has_unpublished_changes
    draft = record.get_latest_revision_as_object()
    draft.designations.add(designation)
    revision = draft.save_revision(user=user, clean=False)
    if follows:
        revision.publish(user=user, skip_permission_checks=True)
    return revision  # type: ignore[no-any-return]


@transaction.atomic
def attach_object(
    record: Record, digital_object: DigitalObject, *, is_restricted: bool = False, **said: Any
) -> RecordObject:
    """Add a digital object to `record`; it takes the record's unit, and is open while the record is public.

    With `is_restricted` it stays for staff even then; called again, it changes that. The history tells it, with the
    `reason` and `user` of `said`.
    """
    link = scans.link(record, digital_object, is_restricted=is_restricted, **said)
    outbox.changed(digital_object)
    return link


@transaction.atomic
def detach_object(record: Record, digital_object: DigitalObject, *, reason: str, user: User | None = None) -> None:
    """Take a digital object from `record`; it stays in the archive, for staff.

    Raises:
        ValidationError: no reason is given, or the record does not have the object.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the history keeps it.")})
    gone, _kinds = RecordObject.objects.filter(record=record, digital_object=digital_object).delete()
    if not gone:
        raise ValidationError(_("This scan no longer belongs to the record."))
    scans.tell(record, digital_object, scans.TAKEN_AWAY, reason=reason.strip(), user=user)
    scans.settle(digital_object)
    outbox.changed(record)
    outbox.changed(digital_object)
