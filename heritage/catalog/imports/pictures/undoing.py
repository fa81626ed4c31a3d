"""Taking pictures back that an import had brought: off their records, and away where nothing else shows them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.accounts.roles import Action
from heritage.catalog.imports.pictures.bringing import Progress, store
from heritage.catalog.imports.rights import Rights
from heritage.catalog.models import ImportedLine, Record, RecordPicture, RegisterImport, RowOutcome, Undone
from heritage.catalog.moderation import drafts
from heritage.core.models import ArchiveImage


def take_back(job: RegisterImport, rights: Rights, progress: Progress) -> dict[str, int]:
    """Returns how many pictures were taken back and how many stayed; a picture that is published stays."""
    lines = list(job.lines.filter(outcome=RowOutcome.UPDATED, before__has_key="image").exclude(undone=Undone.YES))
    mine = rights.among([line.number for line in lines], Action.CHANGE)
    for position, line in enumerate(lines, 1):
        with transaction.atomic():
            line.undone_note = _reason(line, mine)
            line.undone = Undone.NO if line.undone_note else Undone.YES
            if line.undone == Undone.YES:
                _remove(line, rights)
            line.save(update_fields=["undone", "undone_note"])
        progress(position, len(lines))
    kept = job.lines.filter(undone=Undone.NO).count()
    if not kept:
        RegisterImport.objects.filter(pk=job.pk).update(undone_at=timezone.now())
    return {"undone": job.lines.filter(undone=Undone.YES).count(), "kept": kept}


def _reason(line: ImportedLine, mine: set[str]) -> str:
    if line.number not in mine:
        return _("The record belongs to a unit that your roles do not reach.")
    record: Record = line.record  # type: ignore[assignment]
    if record.live and RecordPicture.objects.filter(record=record, image=line.before["image"]).exists():
        return _("The picture has been published since; take it out in the record's form.")
    return ""


def _remove(line: ImportedLine, rights: Rights) -> None:
    record: Record = line.record  # type: ignore[assignment]
    pk = line.before["image"]
    draft = record.get_latest_revision_as_object()
    left = [picture for picture in draft.pictures.all() if picture.image_id != pk]
    if len(left) < draft.pictures.count():
        draft.pictures.set(left)
        store(record, draft, rights.user)
        drafts.drop_idle(record)
    log(record, "wagtail.edit", user=rights.user, data={"undone": "picture", "picture": pk})
    used = RecordPicture.objects.filter(image=pk).exists() or Record.objects.filter(cover=pk).exists()
    if not used:
        ArchiveImage.objects.filter(pk=pk).delete()
