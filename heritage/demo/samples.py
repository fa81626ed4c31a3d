"""The project's own sample books: original texts kept as data, built into EPUBs here and read aloud by a machine.

    python -m heritage.demo.samples      # makes the audio anew, with espeak-ng and ffmpeg

The audio is kept in the project, so the demo needs neither program.
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
import wave
from pathlib import Path
from typing import Any

from heritage.library.epub.building import Book, Part, build
from heritage.library.epub.narration import Clip, Narration, clips_of, sentences, web_vtt

DATA = Path(__file__).parent / "data" / "library"
AUDIO = DATA / "audio"
AUTHOR = "Nhóm làm kho tư liệu số"
VOICE = "vi"
WORDS_PER_MINUTE = 150
BITRATE = "32k"
NARRATOR = "Giọng máy (espeak-ng)"
PAUSE_S, LONG_PAUSE_S = 0.25, 0.7
"""Silence after a sentence, and after a heading or a paragraph."""


def texts() -> list[dict[str, Any]]:
    """Every sample text with its metadata."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.toml"))]


def paragraphs(part: dict[str, Any]) -> list[str]:
    """The paragraphs and list items of a part, one string each."""
    return [line.strip() for line in part["text"].strip().splitlines() if line.strip()]


def epub_of(text: dict[str, Any]) -> bytes:
    """The text as an EPUB: the Vietnamese chapters, in step with their voice where there is one, then the English."""
    voices = iter(narrations(text))
    parts = [
        Part(
            part["title"],
            paragraphs(part),
            part["language"],
            next(voices, None) if part["language"] == "vi" else None,
        )
        for part in text["parts"]
    ]
    return build(
        Book(
            identifier=text["identifier"],
            title=text["title_vi"],
            language="vi",
            creators=[AUTHOR],
            description=text["description_vi"],
            modified=text["modified"],
            parts=parts,
            narrator=NARRATOR,
        )
    )


def narrations(text: dict[str, Any]) -> list[Narration]:
    """The kept voice of each Vietnamese chapter; none where the text is not read aloud."""
    return [
        Narration(track.read_bytes(), clips_of(track.with_suffix(".vtt").read_text(encoding="utf-8")))
        for track in audio_files(text)
    ]


def audio_files(text: dict[str, Any]) -> list[Path]:
    """The kept tracks of a text, in order."""
    return sorted((AUDIO / text["slug"]).glob("*.mp3"))


def speak(text: dict[str, Any]) -> None:
    """Read the Vietnamese chapters of `text` aloud into one MP3 each."""
    folder = AUDIO / text["slug"]
    folder.mkdir(parents=True, exist_ok=True)
    chapters = [part for part in text["parts"] if part["language"] == "vi"]
    for number, part in enumerate(chapters, 1):
        intro = f"{text['title_vi']}. Bản mẫu do máy đọc." if number == 1 else ""
        tags = {
            "title": part["title"],
            "album": text["title_vi"],
            "artist": AUTHOR,
            "composer": NARRATOR,
            "track": f"{number}/{len(chapters)}",
            "comment": "Bản mẫu do máy đọc / A sample read by a machine",
        }
        target = folder / f"{number:02d}.mp3"
        with tempfile.NamedTemporaryFile(suffix=".wav") as sound:
            clips = _spoken(_pieces(part, intro), sound.name)
            _encode(sound.name, target, tags)
        target.with_suffix(".vtt").write_text(web_vtt(clips), encoding="utf-8")


def _pieces(part: dict[str, Any], intro: str) -> list[tuple[str, str, float]]:
    """What is spoken one after another: the words, their mark in the e-book, the silence after them."""
    pieces = [(intro, "", LONG_PAUSE_S)] if intro else []
    pieces.append((part["title"], "c0", LONG_PAUSE_S))
    number = 0
    for line in paragraphs(part):
        spoken = sentences(line.removeprefix("- "))
        for place, sentence in enumerate(spoken, 1):
            number += 1
            pieces.append((sentence, f"c{number}", LONG_PAUSE_S if place == len(spoken) else PAUSE_S))
    return pieces


def _spoken(pieces: list[tuple[str, str, float]], target: str) -> list[Clip]:
    """Each piece spoken by itself, so that its seconds are known; all of them in one WAV."""
    clips, at = [], 0.0
    with wave.open(target, "wb") as whole, tempfile.NamedTemporaryFile(suffix=".wav") as sound:
        for number, (words, mark, pause_s) in enumerate(pieces):
            speaking = ["espeak-ng", "-v", VOICE, "-s", str(WORDS_PER_MINUTE), "-g", "4", "-w", sound.name, words]
            subprocess.run(speaking, check=True)  # noqa: S603 - a fixed program on the project's own text
            with wave.open(sound.name, "rb") as one:
                if number == 0:
                    whole.setparams(one.getparams())
                rate, width = one.getframerate(), one.getsampwidth() * one.getnchannels()
                frames = one.readframes(one.getnframes())
                whole.writeframes(frames + b"\0" * (round(pause_s * rate) * width))
                length = len(frames) / width / rate
            clips.append(Clip(words, round(at, 3), round(at + length, 3), mark))
            at += length + round(pause_s * rate) / rate
    return clips


def _encode(sound: str, target: Path, tags: dict[str, str]) -> None:
    meta = [argument for key, value in tags.items() for argument in ("-metadata", f"{key}={value}")]
    encoding = ["ffmpeg", "-v", "error", "-y", "-i", sound, "-af", "loudnorm=I=-18:TP=-2", *meta]
    subprocess.run(  # noqa: S603 - a fixed program on the project's own sound
        [*encoding, "-ac", "1", "-ar", "22050", "-b:a", BITRATE, "-map_metadata", "-1", *meta, str(target)],
        check=True,
    )


def main() -> int:
    """Make the audio of every text that has some."""
    missing = [program for program in ("espeak-ng", "ffmpeg") if not shutil.which(program)]
    if missing:
        sys.stderr.write(f"Missing: {', '.join(missing)}\n")
        return 1
    for text in texts():
        if text["audio"]:
            speak(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
