"""Writes to dossiers: each one transaction, with its line in the history."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.catalog.dossiers import formats
from heritage.catalog.models import (
    Checklist,
    Dossier,
    DossierExport,
    DossierFile,
    DossierItem,
    DossierLoan,
    Record,
)
from heritage.core import languages, outbox
from heritage.core.folding import nfc
from heritage.core.models import JobState


def checklist_for(record: Record, rank: str) -> Checklist | None:
    """The list in force today for this kind and rank; one that names the rank goes before one for every rank."""
    today = timezone.localdate()
    fitting = [one for one in Checklist.objects.all() if one.holds_on(today) and one.fits(record.kind, rank)]
    return min(fitting, key=lambda one: (not one.ranks, -(one.since.toordinal() if one.since else 0)), default=None)


@transaction.atomic
def open_dossier(record: Record, rank: str, user: Any = None, **values: Any) -> Dossier:
    """A dossier of `record` for `rank`, with an item for each line of its checklist.

    Raises:
        ValidationError: there is one already, or no checklist is in force for the kind and rank.
    """
    dossier = Dossier(record=record, candidate_rank=rank, live=False, **values)
    dossier.checklist = dossier.checklist or checklist_for(record, rank)
    dossier.full_clean()
    dossier.save()
    log(dossier, "wagtail.create", user=user)
    return dossier


def fill(dossier: Dossier) -> int:
    """Bring the items in step with the checklist; returns how many were added.

    An item of another version of the list moves to the line of the same code; nothing is taken away, so that what a
    newer version no longer asks for stays as a paper besides.
    """
    if dossier.checklist_id is None:
        dossier.checklist = checklist_for(dossier.record, dossier.candidate_rank)
        if dossier.checklist is None:
            return 0
        Dossier.objects.filter(pk=dossier.pk).update(checklist=dossier.checklist)
    items = list(DossierItem.objects.filter(dossier=dossier).select_related("line"))
    by_code = {item.line.code: item for item in items if item.line}
    lines = list(dossier.checklist.lines.all()) if dossier.checklist else []
    missing = [line for line in lines if line.code not in by_code]
    for line in lines:
        item = by_code.get(line.code)
        if item and item.line_id != line.pk:
            DossierItem.objects.filter(pk=item.pk).update(line=line, sort_order=line.sort_order)
    DossierItem.objects.bulk_create(
        DossierItem(
            dossier=dossier, line=line, title_vi=line.title_vi, title_en=line.title_en, sort_order=line.sort_order
        )
        for line in missing
    )
    return len(missing)


@transaction.atomic
def add_item(dossier: Dossier, user: Any = None, **values: Any) -> DossierItem:
    """A paper besides the checklist, behind the others."""
    last = DossierItem.objects.filter(dossier=dossier).aggregate(last=Max("sort_order"))["last"]
    item = DossierItem(dossier=dossier, sort_order=(last or 0) + 1, **values)
    item.full_clean()
    item.save()
    _noted(dossier, user, added=item.title_vi)
    return item


@transaction.atomic
def save_item(item: DossierItem, user: Any, *, checked: bool | None = None) -> DossierItem:
    """Save an item as changed; `checked` True signs it with the user and today, False takes the signature off."""
    if checked is not None and checked != bool(item.checked_on):
        item.checked_by, item.checked_on = (user, timezone.localdate()) if checked else (None, None)
    item.full_clean()
    item.save()
    _noted(item.dossier, user, item=item.title_vi, checked=bool(item.checked_on))
    return item


@transaction.atomic
def add_file(item: DossierItem, upload: Any, user: Any = None) -> DossierFile:
    """Keep a file of an item as it came.

    Args:
        upload: a Django `File`: `name`, `size`, seekable, with `chunks()`.

    Raises:
        ValidationError: refused by `formats.inspect`, or the item has the very same file.
    """
    name = nfc(str(upload.name or "").replace("\\", "/").rpartition("/")[2])
    inspected = formats.inspect(upload.file if hasattr(upload, "file") else upload, name, upload.size)
    kept = DossierFile(
        item=item,
        name=name[-200:],
        media_type=inspected.media_type,
        pages=inspected.pages,
        size=upload.size,
        sha256=digest(upload),
        uploaded_by=user,
    )
    if DossierFile.objects.filter(item=item, sha256=kept.sha256).exists():
        raise formats.refused(name, _("the item has this very file already."))
    upload.seek(0)
    kept.file.save(name, upload, save=False)
    try:
        kept.save()
    except IntegrityError as error:
        kept.file.delete(save=False)
        raise formats.refused(name, _("the item has this very file already.")) from error
    _noted(item.dossier, user, file=name, item=item.title_vi)
    return kept


def digest(upload: Any) -> str:
    """SHA-256 of an upload, in hexadecimal, read in pieces."""
    sha = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        sha.update(chunk)
    return sha.hexdigest()


@transaction.atomic
def set_aside(file: DossierFile, reason: str, user: Any = None) -> DossierFile:
    """Leave a file out from now on, with the reason; it stays in the archive."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the file is set aside, such as: scanned again.")})
    file.set_aside = reason.strip()[:200]
    file.save(update_fields=["set_aside"])
    _noted(file.item.dossier, user, set_aside=file.name, reason=file.set_aside)
    return file


@transaction.atomic
def lend(loan: DossierLoan, user: Any = None) -> DossierLoan:
    """Hand the paper folder out.

    Raises:
        ValidationError: it is out already, or the days contradict each other.
    """
    if loan.due_on and loan.lent_on and loan.due_on < loan.lent_on:
        message = _("%(due)s is before the day it was lent, %(lent)s. Give a later day.")
        raise ValidationError({"due_on": message % {"due": loan.due_on, "lent": loan.lent_on}})
    out = DossierLoan.objects.filter(dossier=loan.dossier, returned_on=None).first()
    if out:
        message = _("%(borrower)s has had the folder since %(day)s. Record its return first.")
        raise ValidationError({"borrower": message % {"borrower": out.borrower, "day": out.lent_on}})
    loan.full_clean()
    loan.save()
    _noted(loan.dossier, user, lent_to=loan.borrower)
    return loan


@transaction.atomic
def take_back(loan: DossierLoan, user: Any = None) -> DossierLoan:
    """The folder is back today; a second call changes nothing."""
    if loan.returned_on is None:
        loan.returned_on = max(timezone.localdate(), loan.lent_on)
        loan.save(update_fields=["returned_on"])
        _noted(loan.dossier, user, returned_by=loan.borrower)
    return loan


@transaction.atomic
def order_export(dossier: Dossier, kind: str, user: Any = None) -> DossierExport:
    """Order an export; one of the same kind that is not ended yet is returned instead of a second."""
    open_ones = [JobState.WAITING, JobState.RUNNING]
    running = DossierExport.objects.filter(dossier=dossier, action=kind, state__in=open_ones).first()
    if running:
        return running
    order = {"language": languages.current()}
    made = DossierExport.objects.create(dossier=dossier, action=kind, order=order, user=user)
    _noted(dossier, user, export=kind)
    return made


def _noted(dossier: Dossier, user: Any, **data: Any) -> None:
    log(dossier, "wagtail.edit", user=user, data=data)
    outbox.changed_ids("catalog.record", [dossier.record_id])
