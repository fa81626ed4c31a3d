"""Putting a checked book on the shelf: a new title, a new edition of a known one, or a newer file."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from heritage.core.folding import nfc, slug
from heritage.library.digests import partial_md5
from heritage.library.epub import Epub
from heritage.library.imports import chapters
from heritage.library.imports.audio import Audiobook
from heritage.library.imports.covers import add_cover
from heritage.library.imports.duplicates import Claim, Seen, alike, known_by_bytes, known_edition, work_for
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


def shelve_ebook(path: Path, book: Epub, source: str, terms: Terms, files: WrittenFiles, seen: Seen) -> Row:
    """Store a checked e-book; `source` is the SHA-256 of the file handed in.

    Raises:
        EpubError: another version of it is among the files handed in with it.
    """
    package = book.package
    creators = [name for name, _code in package.creators]
    claim = Claim(EditionKind.EBOOK, source, package.identifier, package.isbn, package.title, creators)
    seen.note(claim, path)
    edition, outcome, reason = known_edition(claim), "updated", ""
    if edition is None:
        outcome = "created"
        edition, reason = _first_edition(
            claim,
            terms,
            Described(
                language=_language(package.language),
                description=package.description,
                year=package.year,
                contributors=[(name, _role(code)) for name, code in package.creators],
                subjects=package.subjects,
            ),
        )
    edition.isbn = edition.isbn or package.isbn
    edition.page_direction = edition.page_direction or package.page_direction
    edition.format, edition.source_sha256, edition.is_narrated = _format(path), source, package.is_narrated
    edition.source_title, edition.original_name = nfc(package.title)[:300], path.name[:255]
    edition.size, edition.sha256 = len(book.data), hashlib.sha256(book.data).hexdigest()
    edition.partial_md5 = partial_md5(io.BytesIO(book.data))
    files.write(edition.file, f"{edition.work.number}.{edition.format}", ContentFile(book.data))
    edition.save()
    headings = [Chapter(title=h.title, depth=min(h.depth, 20), href=h.href[:500]) for h in package.contents]
    chapters.renew(edition, headings)
    _finish(edition, book.cover, outcome, terms, files, stays_a_draft=bool(reason))
    return _row(path, outcome, edition, removed=book.removed, reason=reason)


def shelve_audiobook(book: Audiobook, terms: Terms, files: WrittenFiles, seen: Seen) -> Row:
    """Store the tracks of an audiobook; the same files in the same order again change nothing.

    Raises:
        EpubError: another version of it is among the files handed in with it.
    """
    if known := known_by_bytes(EditionKind.AUDIOBOOK, book.sha256):
        return _row(book.path, "unchanged", known)
    people = [(name, role) for name, role in ((book.artist, Role.AUTHOR), (book.narrator, Role.NARRATOR)) if name]
    authors = [book.artist] if book.artist else []
    claim = Claim(EditionKind.AUDIOBOOK, book.sha256, book.identifier, "", book.title, authors)
    seen.note(claim, book.path)
    edition, outcome, reason = known_edition(claim), "updated", ""
    if edition is None:
        outcome = "created"
        described = Described(year=book.year, contributors=people)
        edition, reason = _first_edition(claim, terms, described)
    edition.format = book.tracks[0].format
    edition.source_sha256 = edition.sha256 = book.sha256
    edition.source_title, edition.original_name = nfc(book.title)[:300], book.path.name[:255]
    edition.size, edition.duration_s = sum(t.size for t in book.tracks), round(book.duration_s, 3)
    edition.save()
    _store_tracks(edition, book, files)
    _finish(edition, book.cover, outcome, terms, files, stays_a_draft=bool(reason))
    return _row(book.path, outcome, edition, reason=reason)


def unchanged(path: Path, kind: EditionKind, source: str) -> Row | None:
    """The answer for bytes that are on the shelf already, known before anything in them is read."""
    known = known_by_bytes(kind, source)
    return _row(path, "unchanged", known) if known else None


def _store_tracks(edition: Edition, book: Audiobook, files: WrittenFiles) -> None:
    """Tracks keep their keys by their place in the book, and what staff wrote as a transcript stays."""
    known = {track.sort_order: track for track in edition.tracks.all()}
    contents = []
    for order, track in enumerate(book.tracks, 1):
        row = known.pop(order, None) or AudioTrack(edition=edition, sort_order=order)
        row.title, row.duration_s, row.format = track.title or track.path.stem, track.duration_s, track.format
        row.original_name, row.size = track.path.name[:255], track.size
        if row.sha256 != track.sha256:
            row.sha256 = track.sha256
            with track.path.open("rb") as stream:
                files.write(row.file, f"{edition.work.number}-{order:03d}{track.path.suffix.lower()}", File(stream))
        row.save()
        _store_transcript(row, track.transcript)
        marks = track.marks or [(0.0, row.title)]
        contents += [Chapter(title=title, track=row, start_s=start) for start, title in marks]
    chapters.renew(edition, contents)
    for row in known.values():
        files.drop(row.file)
        row.delete()


def _store_transcript(row: AudioTrack, text: str) -> None:
    kept = Transcript.objects.filter(track=row).first()
    if text and (kept is None or kept.edited_at is None):
        Transcript.objects.update_or_create(track=row, defaults={"text": text})


def _first_edition(claim: Claim, terms: Terms, described: "Described") -> tuple[Edition, str]:
    """An edition of a known work or of a new one; and, where a work looks like the same, a word about that."""
    likeness = alike(claim)
    work, reason = work_for(claim, likeness), ""
    if work is None:
        work = _new_work(claim.title, described, terms)
        if likeness:
            numbers = ", ".join(one.number for one in likeness[:5])
            reason = _("May be the same book as %(numbers)s: title and author are the same. It stays a draft.")
            reason %= {"numbers": numbers}
    copies = terms.copies if terms.access == "lending" else None
    edition = Edition(
        work=work, kind=claim.kind, source_identifier=claim.identifier, isbn=claim.isbn, access=terms.access,
        copies=copies, language=described.language or work.language,
    )  # fmt: skip
    return edition, reason


@dataclass(frozen=True)
class Described:
    """What a file says of a work that is new; contributors are (name, role)."""

    language: str = ""
    description: str = ""
    year: int | None = None
    contributors: Sequence[tuple[str, str]] = ()
    subjects: list[str] = field(default_factory=list)


def _new_work(title: str, described: Described, terms: Terms) -> Work:
    language, year = described.language or Language.VI, described.year
    english = language == Language.EN
    work = Work(
        title_vi=nfc(title)[:300],
        title_en=nfc(title)[:300] if english else "",
        description_vi="" if english else described.description[:5000],
        description_en=described.description[:5000] if english else "",
        language=language,
        publication_year=year if year and 1000 < year < 3000 else None,
        licence=terms.licence,
        live=False,
        has_unpublished_changes=True,
    )
    people = enumerate(described.contributors)
    work.contributors.set([Contributor(name=nfc(n), role=r, sort_order=i) for i, (n, r) in people])
    if known := list(Subject.objects.filter(slug__in=[slug(s) for s in described.subjects])):
        work.subjects.set(known)
    return works.save_work(work)


def _finish(
    edition: Edition, cover: bytes | None, outcome: str, terms: Terms, files: WrittenFiles, *, stays_a_draft: bool
) -> None:
    work = edition.work
    goes_out = outcome == "created" and terms.publish and not work.live and not stays_a_draft
    if cover and work.cover_id is None and (image := add_cover(cover, work.title_vi, files)):
        work.cover = image
        if not goes_out:  # what is published is saved there
            work.save()
    if goes_out:
        works.publish(work, terms.user)
    for one in (work, edition):
        ReferenceIndex.create_or_update_for_object(one)


def _format(path: Path) -> FileFormat:
    return FileFormat(path.suffix.lower().removeprefix("."))


def _language(tag: str) -> str:
    """As the library names it; a book that names none is held to be in Vietnamese."""
    short = tag.strip().partition("-")[0].lower()
    return short if short in Language.values else Language.OTHER if short else Language.VI


def _role(code: str) -> str:
    return code if code in Role.values else Role.AUTHOR


def _row(path: Path, outcome: Any, edition: Edition, removed: dict[str, int] | None = None, reason: str = "") -> Row:
    return Row(str(path), outcome, edition.work.number, edition.work.title_vi, reason, removed or {})
