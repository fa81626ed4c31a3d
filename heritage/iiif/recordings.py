"""Recordings: sound and film files, their type by content and their duration; they are served as they came in."""

import shutil
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from tinytag import TinyTag, TinyTagException

from heritage.iiif import mp4

FILM = "video/mp4"
EXTENSIONS = {
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/flac": ".flac",
    "audio/wav": ".wav",
    FILM: ".mp4",
}
MEDIA_TYPES = frozenset(EXTENSIONS)
LONGEST_SECONDS = 48 * 3600
HEIF_BRANDS = {b"avif", b"avis", b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


class RecordingError(ValueError):
    """The recording cannot be taken in; the message is a reason for people."""


@dataclass(frozen=True)
class Measures:
    """Seconds, and pixels of a film; both sides are 0 for sound."""

    media_type: str
    duration: float
    width: int = 0
    height: int = 0


def media_type_of(head: bytes) -> str:
    """What the first bytes tell, "" where it is no recording that is taken in; every MP4 file counts as film here."""
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 in (0xE2, 0xE4, 0xE6)):
        return "audio/mpeg"
    if head.startswith(b"fLaC"):
        return "audio/flac"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    return FILM if head[4:8] == b"ftyp" and head[8:12] not in HEIF_BRANDS else ""


def measure(path: Path, media_type: str) -> Measures:
    """Duration and size, from the headers.

    Raises:
        RecordingError: damaged, without a duration, or longer than LONGEST_SECONDS.
    """
    try:
        found = _film(path) if media_type in (FILM, "audio/mp4") else Measures(media_type, _seconds(path))
    except (TinyTagException, OSError, ValueError, LookupError, struct.error) as error:
        raise RecordingError(_damaged(str(error))) from error
    if not 0 < found.duration <= LONGEST_SECONDS:
        raise RecordingError(
            _("its duration is unknown or over 48 hours. Save it again as MP3, M4A, FLAC, OGG or MP4.")
        )
    return found


def without_places(path: Path, media_type: str, target: Path) -> bool:
    """Write a film or sound that tells where it was recorded to `target` without that; False where it tells nothing.

    The boxes are made free space of the same length (ISO/IEC 14496-12, section 8.1.2), so that nothing else moves.
    """
    found = mp4.places(path) if media_type in (FILM, "audio/mp4") else []
    if not found:
        return False
    shutil.copyfile(path, target)
    with target.open("r+b") as file:
        for offset, length in found:
            file.seek(offset + 4)
            file.write(b"free" + bytes(length - 8))
    return True


def _film(path: Path) -> Measures:
    """A film has a picture track; an MP4 file without one is sound."""
    movie = mp4.read(path)
    has_picture = bool(movie.width and movie.height)
    return Measures(FILM if has_picture else "audio/mp4", movie.duration, movie.width, movie.height)


def _seconds(path: Path) -> float:
    tag: Any = TinyTag.get(str(path), tags=False, image=False)
    return round(float(tag.duration or 0), 3)


def _damaged(detail: str) -> str:
    return _("the recording is damaged or cut short (%(detail)s). Copy it again.") % {"detail": detail[:200]}
