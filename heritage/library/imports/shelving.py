"""Putting a checked book on the shelf: a new title, a new edition of a known one, or a newer file."""

import hashlib
import io
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db.models import Q

from heritage.core.folding import nfc, slug
from heritage.library.digests import partial_md5
from heritage.library.epub import Epub
from heritage.library.imports.audio import Audiobook
from heritage.library.imports.covers import add_cover
from heritage.library.imports.files import WrittenFiles
from heritage.library.imports.report import Row
from heritage.library.imports.terms import Terms
from heritage.library.models import (
    AudioTrack,
    Chapter,
    Contributor,
    Edition,
    EditionKind,
    FileFormat,
    Language,
    Role,
    Subject,
    Transcript,
    Work,
)
from heritage.library.services import works


def shelve_ebook(
    path: Path,
    book: Epub,
    terms: Terms,
    files: WrittenFiles,
    format: FileFormat = FileFormat.EPUB,  # noqa: A002 - the field's word
) -> Row:
    """Store a checked e-book; the same bytes again change nothing."""
    source = hashlib.sha256(path.read_bytes()).hexdigest()
    if known := _same(EditionKind.EBOOK, source):
        return _row(path, "unchanged", known)
    package = book.package
    edition = _known_edition(EditionKind.EBOOK, package.identifier)
    outcome = "updated" if edition else "created"
    if edition is None:
        work = _work_for(package.title, EditionKind.EBOOK) or _new_work(
            title=package.title,
            language=_language(package.language),
            description=package.description,
            year=package.year,
            terms=terms,
            contributors=[(name, _role(code)) for name, code in package.creators],
            subjects=package.subjects,
        )
        edition = _new_edition(work, EditionKind.EBOOK, package.identifier, terms, language=work.language)
        edition.isbn = package.isbn
    edition.format, edition.source_sha256 = format, source
    edition.size, edition.sha256 = len(book.data), hashlib.sha256(book.data).hexdigest()
    edition.partial_md5 = partial_md5(io.BytesIO(book.data))
    edition.original_name = path.name[:255]
    files.write(edition.file, f"{edition.work.number}.{format}", ContentFile(book.data))
    edition.save()
    edition.chapters.all().delete()
    Chapter.objects.bulk_create(
        Chapter(edition=edition, sort_order=n, title=h.title, depth=min(h.depth, 20), href=h.href[:500])
        for n, h in enumerate(package.contents, 1)
    )
    _finish(edition.work, book.cover, outcome, terms, files)
    return _row(path, outcome, edition, removed=book.removed)


def shelve_audiobook(book: Audiobook, terms: Terms, files: WrittenFiles) -> Row:
    """Store the tracks of an audiobook; the same files in the same order again change nothing."""
    if known := _same(EditionKind.AUDIOBOOK, book.sha256):
        return _row(book.path, "unchanged", known)
    edition = _known_edition(EditionKind.AUDIOBOOK, book.identifier)
    outcome = "updated" if edition else "created"
    if edition is None:
        contributors = [(book.artist, Role.AUTHOR), (book.narrator, Role.NARRATOR)]
        work = _work_for(book.title, EditionKind.AUDIOBOOK) or _new_work(
            title=book.title, language=Language.VI, description="", year=book.year, terms=terms,
            contributors=[(name, role) for name, role in contributors if name], subjects=[],
        )  # fmt: skip
        edition = _new_edition(work, EditionKind.AUDIOBOOK, book.identifier, terms, language=work.language)
    edition.format = book.tracks[0].format
    edition.source_sha256 = edition.sha256 = book.sha256
    edition.size, edition.duration_s = sum(t.size for t in book.tracks), round(book.duration_s, 3)
    edition.original_name = book.path.name[:255]
    edition.save()
    _store_tracks(edition, book, files)
    _finish(edition.work, book.cover, outcome, terms, files)
    return _row(book.path, outcome, edition)


def _store_tracks(edition: Edition, book: Audiobook, files: WrittenFiles) -> None:
    for old in edition.tracks.all():
        files.drop(old.file)
    edition.tracks.all().delete()
    edition.chapters.all().delete()
    number = 0
    for order, track in enumerate(book.tracks, 1):
        row = AudioTrack(
            edition=edition, sort_order=order, title=track.title or track.path.stem, duration_s=track.duration_s,
            format=track.format, original_name=track.path.name[:255], size=track.size, sha256=track.sha256,
        )  # fmt: skip
        with track.path.open("rb") as stream:
            files.write(row.file, f"{edition.work.number}-{order:03d}{track.path.suffix.lower()}", File(stream))
        row.save()
        if track.transcript:
            Transcript.objects.create(track=row, text=track.transcript)
        for start, title in track.marks or [(0.0, row.title)]:
            number += 1
            Chapter.objects.create(edition=edition, sort_order=number, title=title, track=row, start_s=start)


def _same(kind: EditionKind, source: str) -> Edition | None:
    return Edition.objects.select_related("work").filter(kind=kind, source_sha256=source).first()


def _known_edition(kind: EditionKind, identifier: str) -> Edition | None:
    rows = Edition.objects.select_related("work").filter(kind=kind, source_identifier=identifier)
    return rows.order_by("pk").first() if identifier else None


def _work_for(title: str, kind: EditionKind) -> Work | None:
    """The one work of this very title that lacks an edition of this kind."""
    titled = Work.objects.filter(Q(title_vi=nfc(title)) | Q(title_en=nfc(title))).exclude(editions__kind=kind)
    rows = list(titled.distinct()[:2])
    return rows[0] if len(rows) == 1 else None


def _new_work(
    title: str,
    language: str,
    description: str,
    year: int | None,
    terms: Terms,
    contributors: list[tuple[str, str]],
    subjects: list[str],
) -> Work:
    english = language == Language.EN
    work = Work(
        title_vi=nfc(title)[:300],
        title_en=nfc(title)[:300] if english else "",
        description_vi="" if english else description[:5000],
        description_en=description[:5000] if english else "",
        language=language,
        publication_year=year if year and 1000 < year < 3000 else None,
        licence=terms.licence,
        live=False,
        has_unpublished_changes=True,
    )
    work.contributors.set([Contributor(name=nfc(n), role=r, sort_order=i) for i, (n, r) in enumerate(contributors)])
    if known := list(Subject.objects.filter(slug__in=[slug(s) for s in subjects])):
        work.subjects.set(known)
    return works.save_work(work)


def _new_edition(work: Work, kind: EditionKind, identifier: str, terms: Terms, **values: Any) -> Edition:
    copies = terms.copies if terms.access == "lending" else None
    return Edition(work=work, kind=kind, source_identifier=identifier, access=terms.access, copies=copies, **values)


def _finish(work: Work, cover: bytes | None, outcome: str, terms: Terms, files: WrittenFiles) -> None:
    if cover and work.cover_id is None and (image := add_cover(cover, work.title_vi, files)):
        work.cover = image
        work.save()
    if outcome == "created" and terms.publish and not work.live:
        works.publish(work, terms.user)


def _language(tag: str) -> str:
    short = tag.strip().partition("-")[0].lower()
    return short if short in Language.values else Language.VI


def _role(code: str) -> str:
    return code if code in Role.values else Role.AUTHOR


def _row(path: Path, outcome: Any, edition: Edition, removed: dict[str, int] | None = None) -> Row:
    return Row(str(path), outcome, edition.work.number, edition.work.title_vi, removed=removed or {})
