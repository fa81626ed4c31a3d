"""Words with their times: WebVTT (W3C) as people hand it in, checked line by line."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from heritage.core.folding import nfc

MOST_BYTES = 2 * 1024 * 1024
MOST_TOLD = 10
"""So many lines are named; whoever mends them sees the rest the next time."""
SLACK = 2.0
"""Seconds by which the last words may outlast the sound: encoders cut the end differently."""
_HEAD = re.compile(r"\ufeff?WEBVTT(?:[ \t].*)?(?:\n|$)")
_TIME = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})")


class TranscriptError(Exception):
    """`problems` say what is wrong with the file, to the person who handed it in; `str()` is all of them."""

    def __init__(self, *problems: str) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(problems))


class Cue(NamedTuple):
    """Words from `begin` to `end`, in seconds; `text` has no marks of WebVTT."""

    begin: float
    end: float
    text: str


def checked(name: str, data: bytes, longest_s: float | None = None) -> str:
    """The text of a WebVTT file called `name`; with `longest_s` its last time must lie within so many seconds.

    Raises:
        TranscriptError: with each line that is wrong, its value and what would be right.
    """
    if len(data) > MOST_BYTES:
        raise TranscriptError(too_large(name))
    try:
        text = nfc(data.decode("utf-8-sig")).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    except UnicodeDecodeError as error:
        raise TranscriptError(_("%(name)s is not written in UTF-8.") % {"name": name}) from error
    if not _HEAD.match(text):
        raise TranscriptError(_("%(name)s does not begin with WEBVTT, as a transcript must.") % {"name": name})
    if problems := list(_problems(name, text)):
        raise TranscriptError(*problems[:MOST_TOLD])
    found = cues(text)
    if not found:
        raise TranscriptError(_("%(name)s has no lines with times.") % {"name": name})
    last = max(cue.end for cue in found)
    if longest_s is not None and last > longest_s + SLACK:
        times = {"name": name, "last": round(last), "length": round(longest_s)}
        raise TranscriptError(
            _("%(name)s goes on to second %(last)d, but the sound ends at second %(length)d.") % times
        )
    return text


def too_large(name: str) -> str:
    return _("%(name)s is larger than %(size)d MB.") % {"name": name, "size": 2}


def cues(text: str) -> list[Cue]:
    """The cues of a text that was checked, in its order."""
    found = []
    for block in re.split(r"\n{2,}", text):
        lines = block.strip("\n").split("\n")
        place = next((n for n, line in enumerate(lines) if "-->" in line), None)
        times = _times(lines[place]) if place is not None else None
        if times:
            words = " ".join(re.sub(r"<[^>]*>", "", line) for line in lines[(place or 0) + 1 :])
            found.append(Cue(*times, _unescaped(words.strip())))
    return found


def plain(text: str) -> str:
    """The words alone, a line for each cue: what is read without the sound."""
    return "\n".join(cue.text for cue in cues(text) if cue.text)


def _problems(name: str, text: str) -> Iterator[str]:
    before = 0.0
    for number, line in enumerate(text.split("\n"), 1):
        if "-->" not in line:
            continue
        where = {"name": name, "line": number}
        times = _times(line)
        if times is None or times[0] >= times[1]:
            yield _("%(name)s, line %(line)d: write the times as 00:01.000 --> 00:04.000.") % where
        elif times[0] < before:
            yield (_("%(name)s, line %(line)d: it begins before the one above. Put them in their order.") % where)
        else:
            before = times[0]


def _times(line: str) -> tuple[float, float] | None:
    begin, _arrow, rest = line.partition("-->")
    found = [_TIME.fullmatch(part) for part in (begin.strip(), (rest.split() or [""])[0])]
    return (_seconds(found[0]), _seconds(found[1])) if found[0] and found[1] else None


def _seconds(time: re.Match[str]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in time.groups())
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _unescaped(words: str) -> str:
    for mark, letter in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&amp;", "&")):
        words = words.replace(mark, letter)
    return words
