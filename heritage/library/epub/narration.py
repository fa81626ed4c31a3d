"""Text and voice in step: EPUB 3 media overlays (EPUB 3.3, section 9) and WebVTT, from the same clips."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

ACTIVE_CLASS = "spoken-now"
_SENTENCE_END = re.compile(r"(?<=[.!?…:;])\s+")


@dataclass(frozen=True)
class Clip:
    """A sentence and when it is spoken, in seconds of its audio file. `mark` is "" where the page has no such words."""

    text: str
    begin_s: float
    end_s: float
    mark: str = ""


@dataclass(frozen=True)
class Narration:
    """The voice of one chapter: an MP3 and its clips in the order of the text."""

    audio: bytes
    clips: list[Clip]

    @property
    def marked(self) -> list[Clip]:
        return [clip for clip in self.clips if clip.mark]

    @property
    def duration_s(self) -> float:
        return sum(clip.end_s - clip.begin_s for clip in self.marked)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; joined by a space they are the paragraph again."""
    return [one for one in _SENTENCE_END.split(text.strip()) if one]


def marked_up(text: str, marks: Iterator[int] | None) -> str:
    """`text` as HTML; with `marks` each sentence has an element that a clip can name."""
    if marks is None:
        return html.escape(text)
    return " ".join(f'<span id="c{next(marks)}">{html.escape(one)}</span>' for one in sentences(text))


def smil(document: str, audio: str, narration: Narration) -> str:
    """The media overlay of one content document."""
    pars = "".join(
        f'<par id="par-{clip.mark}"><text src="{document}#{clip.mark}"/>'
        f'<audio src="{audio}" clipBegin="{clip.begin_s:.3f}s" clipEnd="{clip.end_s:.3f}s"/></par>'
        for clip in narration.marked
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0"><body>'
        f'<seq id="chapter" epub:textref="{document}" epub:type="chapter">{pars}</seq></body></smil>\n'
    )


def web_vtt(clips: list[Clip]) -> str:
    """The clips as WebVTT (W3C); a cue's identifier is the mark of its sentence."""
    cues = (f"{clip.mark or 'intro'}\n{_time(clip.begin_s)} --> {_time(clip.end_s)}\n{clip.text}\n" for clip in clips)
    return "WEBVTT\n\n" + "\n".join(cues)


def clips_of(vtt: str) -> list[Clip]:
    """What `web_vtt` wrote, read back."""
    clips = []
    for block in vtt.strip().split("\n\n")[1:]:
        mark, times, *lines = block.splitlines()
        begin, end = (_seconds(part) for part in times.split(" --> "))
        clips.append(Clip(" ".join(lines), begin, end, "" if mark == "intro" else mark))
    return clips


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _seconds(time: str) -> float:
    hours, minutes, seconds = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
