"""Transcripts handed in beside the sound: `01.vtt` beside `01.mp3` (WebVTT, W3C)."""

from pathlib import Path

from heritage.core.webvtt import MOST_BYTES, TranscriptError, checked, too_large


def beside(track: Path) -> str:
    """The transcript beside an audio file; "" where there is none.

    Raises:
        TranscriptError: there is one, and it is no WebVTT.
    """
    file = track.with_suffix(".vtt")
    if not file.is_file() or file.is_symlink():
        return ""
    if file.stat().st_size > MOST_BYTES:  # before it is read
        raise TranscriptError(too_large(file.name))
    return checked(file.name, file.read_bytes())
