"""Audio files: what they say of themselves, and which of them make one audiobook."""

import hashlib
import re
import struct
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from tinytag import TinyTag, TinyTagException

from heritage.core.folding import nfc
from heritage.core.webvtt import TranscriptError
from heritage.library.imports.transcripts import beside
from heritage.library.models import FileFormat
from heritage.library.models.edition import MEDIA_TYPES

FORMATS = {
    ".mp3": FileFormat.MP3,
    ".ogg": FileFormat.OGG,
    ".oga": FileFormat.OGG,
    ".opus": FileFormat.OGG,
    ".m4a": FileFormat.M4A,
    ".m4b": FileFormat.M4A,
    ".flac": FileFormat.FLAC,
}
MOST_TRACKS = 1_000
MOST_BYTES = 4 * 1024**3
LONGEST_S = 200 * 3600
CHUNK = 1024 * 1024
DISC = re.compile(r"^(cd|disc|disk|đĩa|dia|phần|phan|part|tập|tap)[\s._-]*(\d{1,3})$", re.IGNORECASE)
"""A folder of a book that fills several discs; the disc's number."""
LOCKED = {b"drms", b"drmi", b"enca", b"encv", b"aavd", b"p608"}
"""Sample entries of an MP4 (ISO/IEC 14496-12, section 8.12) that only a seller's program opens."""
SLOWEST_KBPS = 6
"""MP3 has at least 8 kbit/s (ISO/IEC 11172-3 and 13818-3)."""
WHOLE = 0.97
"""Part of the stated bytes that must be there; programs count their own header differently."""


class AudioError(Exception):
    """`str()` says what is wrong with the file, to the person who handed it in."""


@dataclass(frozen=True)
class Track:
    """One audio file; `marks` are chapters inside it as (second, title)."""

    path: Path
    format: FileFormat
    title: str
    album: str
    artist: str
    narrator: str
    year: int | None
    order: tuple
    duration_s: float
    size: int
    sha256: str
    marks: list[tuple[float, str]]
    transcript: str = ""


@dataclass(frozen=True)
class Audiobook:
    """Tracks in order, with what they agree on."""

    path: Path
    title: str
    artist: str
    narrator: str
    year: int | None
    tracks: list[Track]
    cover: bytes | None

    @property
    def duration_s(self) -> float:
        return sum(track.duration_s for track in self.tracks)

    @property
    def sha256(self) -> str:
        """Of the tracks' digests and their transcripts: the same files in the same order."""
        said = "".join(track.transcript for track in self.tracks)
        return hashlib.sha256(("".join(track.sha256 for track in self.tracks) + said).encode()).hexdigest()

    @property
    def identifier(self) -> str:
        """Names the recording, so that a second hand-in brings it up to date."""
        return f"audio:{self.artist}/{self.title}"[:255]


def is_audio(path: Path) -> bool:
    return path.suffix.lower() in FORMATS


def book_folder(folder: Path) -> Path:
    """The folder of the whole book, where `folder` holds one of its discs."""
    return folder.parent if DISC.match(folder.name) else folder


def read_track(path: Path) -> Track:
    """What one file says of itself.

    Raises:
        AudioError: it is no audio of its kind, cut short, or too long.
        TranscriptError: the transcript beside it is no WebVTT.
    """
    format = FORMATS[path.suffix.lower()]  # noqa: A001 - the field's word
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise AudioError(_("%(name)s is larger than 4 GB.") % {"name": path.name})
    if format == FileFormat.M4A:
        _require_whole_mp4(path, size)
        _refuse_protected_mp4(path, size)
    if format == FileFormat.MP3:
        _require_whole_mp3(path, size)
    try:
        tag = TinyTag.get(path)
    except (TinyTagException, OSError, ValueError, struct.error) as error:
        raise AudioError(_("%(name)s cannot be read as %(format)s.") % _names(path, format)) from error
    is_said = (tag.mime_type or "").startswith(MEDIA_TYPES[format])
    if not is_said or not tag.duration or not 0 < tag.duration < LONGEST_S:
        raise AudioError(_("%(name)s cannot be read as %(format)s.") % _names(path, format))
    if format == FileFormat.MP3:
        _require_true_length(path, size, tag.duration)
    year = re.match(r"\d{4}", str(tag.year or ""))
    return Track(
        path=path,
        format=format,
        title=nfc(tag.title or "").strip()[:300],
        album=nfc(tag.album or "").strip()[:300],
        artist=nfc(tag.albumartist or tag.artist or "").strip()[:200],
        narrator=nfc(tag.composer or "").strip()[:200],
        year=int(year[0]) if year else None,
        order=(tag.disc or _disc(path), tag.track or 0, natural(path.name)),
        duration_s=round(float(tag.duration), 3),
        size=size,
        sha256=digest(path),
        marks=nero_chapters(path) if format == FileFormat.M4A else [],
        transcript=beside(path),
    )


def _disc(path: Path) -> int:
    """The number of a folder such as `CD 2`, else 0."""
    found = DISC.match(path.parent.name)
    return int(found[2]) if found else 0


def audiobooks(paths: list[Path]) -> tuple[list[Audiobook], list[tuple[Path, str]]]:
    """Files of one folder as books by their album tag; and the files refused, with reasons.

    A book of which one file is refused is refused whole: half a book helps nobody.
    """
    tracks, refused = [], []
    for path in sorted(paths, key=lambda p: (natural(p.parent.name), natural(p.name)))[: MOST_TRACKS + 1]:
        try:
            tracks.append(read_track(path))
        except (AudioError, TranscriptError) as error:
            refused.append((path, str(error)))
    if refused or len(paths) > MOST_TRACKS:
        note = _("Not taken because another file of the same book is refused.")
        if len(paths) > MOST_TRACKS:
            note = _("A folder may have at most %(count)d audio files.") % {"count": MOST_TRACKS}
        return [], [*refused, *((track.path, note) for track in tracks)]
    albums: dict[str, list[Track]] = defaultdict(list)
    for track in tracks:
        albums[track.album].append(track)
    return [_book(album, sorted(group, key=lambda t: t.order)) for album, group in albums.items()], []


def _book(album: str, tracks: list[Track]) -> Audiobook:
    first = tracks[0]
    alone = first.path if len(tracks) == 1 else book_folder(first.path.parent)
    title = album or (first.title if len(tracks) == 1 else "") or nfc(alone.stem)
    cover = _cover(first.path)
    return Audiobook(alone, title, first.artist, first.narrator, first.year, tracks, cover)


def _cover(path: Path) -> bytes | None:
    folders = dict.fromkeys((book_folder(path.parent), path.parent))
    for picture in (folder / name for folder in folders for name in ("cover.jpg", "cover.png", "folder.jpg")):
        if picture.is_file() and picture.stat().st_size < 20 * 1024 * 1024:
            return picture.read_bytes()
    try:
        image = TinyTag.get(path, image=True, duration=False).images.any
    except (TinyTagException, OSError, ValueError, struct.error):
        return None
    return image.data if image else None


def natural(name: str) -> tuple:
    """Sorts `2.mp3` before `10.mp3`."""
    parts = re.split(r"(\d{1,15})", nfc(name).casefold())
    return tuple((1, int(p), "") if p.isdigit() and p.isascii() else (0, 0, p) for p in parts)


def digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def boxes(path: Path, start: int, end: int) -> list[tuple[bytes, int, int]]:
    """The boxes of an MP4 (ISO/IEC 14496-12, section 4.2) between two offsets: kind, begin and end of the content."""
    found: list[tuple[bytes, int, int]] = []
    with path.open("rb") as stream:
        while start + 8 <= end and len(found) < 10_000:
            stream.seek(start)
            size, kind = struct.unpack(">I4s", stream.read(8))
            head = 8
            if size == 1:
                size, head = struct.unpack(">Q", stream.read(8).ljust(8, b"\0"))[0], 16
            size = end - start if size == 0 else size
            if size < head:
                break
            found.append((kind, start + head, start + size))
            start += size
    return found


def _require_whole_mp4(path: Path, size: int) -> None:
    top = boxes(path, 0, size)
    kinds = {kind for kind, _begin, _end in top}
    if b"ftyp" in kinds and (top[-1][2] > size or b"moov" not in kinds):
        raise AudioError(_("%(name)s is cut short; copy it again from its source.") % {"name": path.name})


def _require_whole_mp3(path: Path, size: int) -> None:
    """The Xing header says how many bytes of sound follow; a file with fewer would stop before its stated end."""
    with path.open("rb") as stream:
        head = stream.read(10)
        tag = sum(byte << (7 * (3 - n)) for n, byte in enumerate(head[6:10])) + 10 if head[:3] == b"ID3" else 0
        stream.seek(tag)
        start = stream.read(4096)
    at = max(start.find(b"Xing"), start.find(b"Info"))
    if at < 0 or len(start) < at + 16 or not (flags := start[at + 7]) & 2:
        return
    stated = struct.unpack_from(">I", start, at + (12 if flags & 1 else 8))[0]
    if (size - tag) < stated * WHOLE:
        raise AudioError(_("%(name)s is cut short; copy it again from its source.") % {"name": path.name})


def _require_true_length(path: Path, size: int, seconds: float) -> None:
    """A header may state hours for a file of seconds; players would draw a bar that never fills.

    Raises:
        AudioError: no MP3 of that many bytes lasts so long.
    """
    if seconds > 10 and size * 8 / 1000 / seconds < SLOWEST_KBPS:
        raise AudioError(
            _("%(name)s states a length that its sound does not have; save it anew.") % {"name": path.name}
        )


def _refuse_protected_mp4(path: Path, size: int) -> None:
    """Look at how the sound is packed (`moov/trak/mdia/minf/stbl/stsd`).

    Raises:
        AudioError: it is under DRM.
    """
    spans = [(0, size)]
    for wanted in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd"):
        spans = [(b, e) for start, end in spans for kind, b, e in boxes(path, start, min(end, size)) if kind == wanted]
    kinds = {kind for start, end in spans for kind, _b, _e in boxes(path, start + 8, min(end, size))}
    if kinds & LOCKED:
        raise AudioError(_("%(name)s is protected (DRM); ask the publisher for one without.") % {"name": path.name})


def nero_chapters(path: Path) -> list[tuple[float, str]]:
    """Chapters of an M4B as most programs write them (`moov/udta/chpl`): (second, title)."""
    start, end = 0, path.stat().st_size
    for wanted in (b"moov", b"udta", b"chpl"):
        inner = next(((b, e) for kind, b, e in boxes(path, start, end) if kind == wanted), None)
        if inner is None:
            return []
        start, end = inner
    with path.open("rb") as stream:
        stream.seek(start)
        data = stream.read(min(end - start, 1_000_000))
    return _chpl(data)


def _chpl(data: bytes) -> list[tuple[float, str]]:
    marks, at = [], 9
    for _mark in range(data[8] if len(data) > 8 else 0):
        if at + 9 > len(data):
            break
        ticks, length = struct.unpack_from(">QB", data, at)
        marks.append((ticks / 10_000_000, data[at + 9 : at + 9 + length].decode("utf-8", "replace")[:300]))
        at += 9 + length
    return marks


def _names(path: Path, format: FileFormat) -> dict[str, str]:  # noqa: A002
    return {"name": path.name, "format": format.label}
