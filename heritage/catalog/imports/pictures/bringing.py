"""Bringing the pictures of a ZIP to their records: each to its newest version, none to what is public by itself."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.accounts.roles import Action
from heritage.catalog.imports.pictures.matching import candidates, records_of
from heritage.catalog.imports.pictures.reading import Picture, read
from heritage.catalog.imports.report import Refusal, Report, UnreadableFileError
from heritage.catalog.imports.rights import Rights
from heritage.catalog.models import ImportedLine, Record, RecordPicture, RegisterImport, RowOutcome
from heritage.core import archives
from heritage.core.models import ArchiveImage
from heritage.core.models.identifier import Identifier, State

Progress = Callable[[int, int], None]
KNOWN = (".jpg", ".jpeg", ".png", ".webp")


def bring(job: RegisterImport, path: Path, rights: Rights, progress: Progress, *, dry_run: bool) -> Report:
    """Match and take the pictures of the ZIP at `path`, in the order of their names; goes on behind `job.position`.

    Raises:
        UnreadableFileError: it is no ZIP, is damaged, or made to do harm; nothing of it is taken.
    """
    report = Report(dry_run=dry_run, encoding="zip", key=job.pk)
    for name in ("created", "updated", "unchanged"):
        setattr(report, name, job.figures.get(name, 0) if job.position else 0)
    try:
        with archives.unpacked(path) as folder:
            files = sorted(file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))
            names = {file: file.relative_to(folder).as_posix() for file in files}
            owners = records_of(names.values())
            mine = rights.among([record.number for record in owners.values()], Action.CHANGE)
            for position, file in enumerate(files, 1):
                name = names[file]
                if position > job.position:
                    taken = _Taking(job, report, rights, dry_run)
                    with transaction.atomic():
                        taken.one(position, name, file, owners.get(name), mine)
                progress(position, len(files))
    except (archives.ArchiveError, zipfile.BadZipFile) as error:
        raise UnreadableFileError(str(error)) from error
    return report


class _Taking:
    def __init__(self, job: RegisterImport, report: Report, rights: Rights, dry_run: bool) -> None:
        self.job, self.report, self.rights, self.dry_run = job, report, rights, dry_run

    def one(self, position: int, name: str, file: Path, record: Record | None, mine: set[str]) -> None:
        """Take one picture, or say why not; how far the import is, is written with it."""
        number = record.number if record else next(candidates(name), "")[:40]
        line = ImportedLine(job=self.job, line=position, number=number, record=record, value=name[-120:])
        try:
            picture = self._checked(name, file, record, mine)
            line.outcome = RowOutcome.UPDATED
            if record is not None and self._is_there(record, picture, line):
                self.report.unchanged += 1
            else:
                self.report.updated += 1
        except ValidationError as error:
            line.outcome, line.column, line.reason = RowOutcome.REFUSED, "file", " ".join(error.messages)
            self.report.refuse(Refusal(position, number, "file", line.value, line.reason))
        if self.dry_run:
            return
        line.save()
        counts = {name: getattr(self.report, name) for name in ("created", "updated", "unchanged")}
        RegisterImport.objects.filter(pk=self.job.pk).update(position=position, figures={**self.job.figures, **counts})
        self.job.position = position

    def _checked(self, name: str, file: Path, record: Record | None, mine: set[str]) -> Picture:
        if PurePosixPath(name).suffix.lower() not in KNOWN:
            raise ValidationError(_("This is no picture that is taken. | Save it as JPEG, PNG or WebP."))
        if record is None:
            raise ValidationError(_("No record has the number in this name. | Name it after one, such as TN05-2.jpg."))
        if record.number not in mine:
            raise ValidationError(_("The record belongs to a unit that your roles do not reach. | Leave the file out."))
        if not self.dry_run and _is_gone(record):
            raise ValidationError(_("The record is withdrawn. | Restore it first, or leave the file out."))
        return read(file.read_bytes(), PurePosixPath(name).name)

    def _is_there(self, record: Record, picture: Picture, line: ImportedLine) -> bool:
        """Add the picture, unless the record has it already."""
        draft = record.get_latest_revision_as_object()
        image = ArchiveImage(title=record.name_vi[:255], width=picture.width, height=picture.height)
        image.file = ImageFile(io.BytesIO(picture.data), name=f"{record.number}{picture.ending}")
        image.file_size, image.file_hash = len(picture.data), _hash(picture.data)
        same = any(one.image.file_hash == image.file_hash for one in draft.pictures.all())
        line.reason = _said(picture)
        line.before = {"place": picture.place} if picture.place else {}
        if same or self.dry_run:
            return same
        image.credit, image.licence = (picture.credit or self.job.credit)[:200], self.job.licence
        image.alt_vi, image.uploaded_by_user = picture.caption or record.name_vi[:300], self.rights.user
        image.save()
        position = draft.pictures.count()
        draft.pictures.add(
            RecordPicture(image=image, caption_vi=picture.caption, taken_on=picture.taken_on, sort_order=position)
        )
        line.before |= {"image": image.pk}
        store(record, draft, self.rights.user)
        log(record, "wagtail.edit", user=self.rights.user, data={"import": self.job.name, "picture": image.pk})
        return False


def store(record: Record, draft: Record, user: Any) -> None:
    """Keep the new version: of a public record as a draft that waits, of one never published as the record itself."""
    if record.live or record.latest_revision_id:
        draft.save_revision(user=user, clean=False)
    else:
        draft.save()


def _hash(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def _is_gone(record: Record) -> bool:
    own = Identifier.objects.filter(model=Record._meta.label_lower, object_id=record.pk)
    return own.exclude(state=State.ACTIVE).exists()


def _said(picture: Picture) -> str:
    """What the picture tells of itself, for the report."""
    parts = [picture.credit]
    if picture.place:
        parts.append(_("taken at %(lat).5f, %(lon).5f") % {"lat": picture.place[0], "lon": picture.place[1]})
    return "; ".join(filter(None, parts))
