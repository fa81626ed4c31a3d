"""The project's own sample books: original texts kept as data, built into EPUBs here and read aloud by a machine.

    python -m heritage.demo.samples      # makes the audio anew, with espeak-ng and ffmpeg

The audio is kept in the project, so the demo needs neither program.
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from heritage.library.epub.building import Book, Part, build

DATA = Path(__file__).parent / "data" / "library"
AUDIO = DATA / "audio"
AUTHOR = "Nhóm làm kho tư liệu số"
VOICE = "vi"
WORDS_PER_MINUTE = 150
BITRATE = "32k"


def texts() -> list[dict[str, Any]]:
    """Every sample text with its metadata."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.toml"))]


def paragraphs(part: dict[str, Any]) -> list[str]:
    """The paragraphs and list items of a part, one string each."""
    return [line.strip() for line in part["text"].strip().splitlines() if line.strip()]


def epub_of(text: dict[str, Any]) -> bytes:
    """The text as an EPUB: the Vietnamese chapters, then the English ones."""
    parts = [Part(part["title"], paragraphs(part), part["language"]) for part in text["parts"]]
    return build(
        Book(
            identifier=text["identifier"],
            title=text["title_vi"],
            language="vi",
            creators=[AUTHOR],
            description=text["description_vi"],
            modified=text["modified"],
            parts=parts,
        )
    )


def audio_files(text: dict[str, Any]) -> list[Path]:
    """The kept tracks of a text, in order."""
    return sorted((AUDIO / text["slug"]).glob("*.mp3"))


def speak(text: dict[str, Any]) -> None:
    """Read the Vietnamese chapters of `text` aloud into one MP3 each."""
    folder = AUDIO / text["slug"]
    folder.mkdir(parents=True, exist_ok=True)
    chapters = [part for part in text["parts"] if part["language"] == "vi"]
    for number, part in enumerate(chapters, 1):
        intro = f"{text['title_vi']}. Bản mẫu do máy đọc.\n\n" if number == 1 else ""
        spoken = f"{intro}{part['title']}.\n\n" + "\n\n".join(line.removeprefix("- ") for line in paragraphs(part))
        tags = {
            "title": part["title"],
            "album": text["title_vi"],
            "artist": AUTHOR,
            "composer": "Giọng máy (espeak-ng)",
            "track": f"{number}/{len(chapters)}",
            "comment": "Bản mẫu do máy đọc / A sample read by a machine",
        }
        _encode(spoken, folder / f"{number:02d}.mp3", tags)


def _encode(spoken: str, target: Path, tags: dict[str, str]) -> None:
    with tempfile.NamedTemporaryFile(suffix=".wav") as sound:
        speaking = ["espeak-ng", "-v", VOICE, "-s", str(WORDS_PER_MINUTE), "-g", "4", "-w", sound.name, spoken]
        subprocess.run(speaking, check=True)  # noqa: S603 - fixed programs on the project's own text
        meta = [argument for key, value in tags.items() for argument in ("-metadata", f"{key}={value}")]
        encoding = ["ffmpeg", "-v", "error", "-y", "-i", sound.name, "-af", "loudnorm=I=-18:TP=-2", *meta]
        subprocess.run(  # noqa: S603
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
