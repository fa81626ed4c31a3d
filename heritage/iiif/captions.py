"""Captions of recordings: taking WebVTT in, one text for each language of a sound or a film."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from heritage.core import webvtt
from heritage.core.webvtt import TranscriptError
from heritage.iiif.changes import touch
from heritage.iiif.formats import RefusedError
from heritage.iiif.models import Canvas, Caption, CaptionKind, CaptionLanguage
from heritage.iiif.text.services import folded

SUFFIX = ".vtt"
SIGNATURE = b"WEBVTT"


def beside(recording: Path) -> list[tuple[str, Path]]:
    """The caption files of a recording with their languages: `film.vtt` is Vietnamese, `film.en.vtt` English.

    Raises:
        RefusedError: a file names a language that is not known.
    """
    found = []
    for file in sorted(recording.parent.glob(f"{_escaped(recording.stem)}.*vtt")):
        middle = file.name[len(recording.stem) + 1 : -len(SUFFIX)] if file.suffix == SUFFIX else "?"
        if file.is_symlink() or "." in middle or middle == "?":
            continue
        language = middle or CaptionLanguage.VIETNAMESE
        if language not in CaptionLanguage.values:
            raise RefusedError(file.name, unknown_language(language))
        found.append((str(language), file))
    return found


def _escaped(stem: str) -> str:
    """A name that a pattern of `glob` means literally."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in stem)


def unknown_language(language: str) -> str:
    """The reason for a language that captions cannot have."""
    known = ", ".join(CaptionLanguage.values)
    return _("“%(language)s” is no language of captions; name it so: film.en.vtt, with one of %(known)s.") % {
        "language": language,
        "known": known,
    }


def read_file(file: Path, canvas: Canvas, language: str) -> Caption:
    """Take the captions of a recording from a WebVTT file; those it had in that language are replaced.

    Raises:
        RefusedError: it is no WebVTT, or goes on after the recording's end; what was there stays.
    """
    if file.stat().st_size > webvtt.MOST_BYTES:  # before it is read
        raise RefusedError(file.name, webvtt.too_large(file.name))
    try:
        text = webvtt.checked(file.name, file.read_bytes(), canvas.duration)
    except TranscriptError as wrong:
        raise RefusedError(file.name, str(wrong)) from wrong
    return keep(canvas, language, text, source=file.name)


@transaction.atomic
def keep(canvas: Canvas, language: str, text: str, *, kind: str = CaptionKind.CAPTIONS, source: str = "") -> Caption:
    """Give a recording its captions in a language; `text` is WebVTT that was checked."""
    words = webvtt.plain(text)
    saved, _made = Caption.objects.update_or_create(
        canvas=canvas,
        language=language,
        defaults={"text": text, "kind": kind, "words": words, "folded": folded(words), "source": source[:200]},
    )
    touch(canvas.digital_object)
    return saved


@transaction.atomic
def remove(caption: Caption) -> None:
    """Take the captions of a language away."""
    holder = caption.canvas.digital_object
    caption.delete()
    touch(holder)


def moment(text: str, words: str, offset: int) -> tuple[float, float]:
    """The seconds of the cue in which the letter at `offset` of `words` is said; `words` are those of `text`."""
    spoken = [cue for cue in webvtt.cues(text) if cue.text]
    line = words.count("\n", 0, offset)
    cue = spoken[min(line, len(spoken) - 1)]
    return cue.begin, cue.end
