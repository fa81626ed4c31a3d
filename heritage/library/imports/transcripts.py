"""Transcripts handed in beside the sound: `01.vtt` beside `01.mp3` (WebVTT, W3C)."""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from heritage.core.folding import nfc

MOST_BYTES = 2 * 1024 * 1024
_HEAD = re.compile(r"\ufeff?WEBVTT(?:[ \t].*)?(?:\n|$)")
_TIME = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})")


class TranscriptError(Exception):
    """`str()` says what is wrong with the file, to the person who handed it in."""


def beside(track: Path) -> str:
    """The transcript beside an audio file; "" where there is none.

    Raises:
        TranscriptError: there is one, and it is no WebVTT.
    """
    file = track.with_suffix(".vtt")
    if not file.is_file() or file.is_symlink():
        return ""
    if file.stat().st_size > MOST_BYTES:  # before it is read
        raise TranscriptError(_("%(name)s is larger than %(size)d MB.") % {"name": file.name, "size": 2})
    return checked(file.name, file.read_bytes())


def checked(name: str, data: bytes, longest_s: float | None = None) -> str:
    """The text of a WebVTT file called `name`; with `longest_s` its last time must lie within so many seconds.

    Raises:
        TranscriptError: with the line and what would be right.
    """
    if len(data) > MOST_BYTES:
        raise TranscriptError(_("%(name)s is larger than %(size)d MB.") % {"name": name, "size": 2})
    try:
        text = nfc(data.decode("utf-8-sig")).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    except UnicodeDecodeError as error:
        raise TranscriptError(_("%(name)s is not written in UTF-8.") % {"name": name}) from error
    _check(name, text)
    last = max((end for _begin, end, _text in cues(text)), default=0.0)
    if longest_s is not None and last > longest_s + 2:
        times = {"name": name, "last": round(last), "length": round(longest_s)}
        raise TranscriptError(
            _("%(name)s goes on to second %(last)d, but the sound ends at second %(length)d.") % times
        )
    return text


def cues(text: str) -> list[tuple[float, float, str]]:
    """Begin, end and words of each cue of a text that was checked."""
    found = []
    for block in re.split(r"\n{2,}", text):
        lines = block.strip("\n").split("\n")
        place = next((n for n, line in enumerate(lines) if "-->" in line), None)
        if place is None:
            continue
        begin, _arrow, rest = lines[place].partition("-->")
        times = [_TIME.fullmatch(part) for part in (begin.strip(), (rest.split() or [""])[0])]
        if times[0] and times[1]:
            words = " ".join(re.sub(r"<[^>]*>", "", line) for line in lines[place + 1 :])
            found.append((_seconds(times[0]), _seconds(times[1]), words.strip()))
    return found


def _check(name: str, text: str) -> None:
    if not _HEAD.match(text):
        raise TranscriptError(_("%(name)s does not begin with WEBVTT, as a transcript must.") % {"name": name})
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        if "-->" not in line:
            continue
        begin, _arrow, rest = line.partition("-->")
        times = _TIME.fullmatch(begin.strip()), _TIME.fullmatch(rest.split()[0]) if rest.split() else None
        if times[0] is None or times[1] is None or _seconds(times[0]) >= _seconds(times[1]):
            where = {"name": name, "line": number}
            raise TranscriptError(_("%(name)s, line %(line)d: write the times as 00:01.000 --> 00:04.000.") % where)
        count += 1
    if not count:
        raise TranscriptError(_("%(name)s has no lines with times.") % {"name": name})


def _seconds(time: re.Match[str]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in time.groups())
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
