"""Where reading programs stopped, and where they may go on: one place for them and for this site's own reader."""

import re
import time
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from heritage.accounts.models import User
from heritage.library.epub.container import Container
from heritage.library.epub.errors import EpubError
from heritage.library.epub.places import Place, Places
from heritage.library.models import Edition, EditionKind, FileFormat, Reading

_PAGE = re.compile(r"epubcfi\(/6/(\d{1,7})")


@dataclass(frozen=True)
class Progress:
    """How far a device is: `fraction` of the whole, at `at_ms` (server milliseconds), with a place if it told one."""

    fraction: float
    at_ms: int
    device: str
    device_name: str
    place: str = ""
    chapter: str = ""


@transaction.atomic
def keep(user: User, edition: Edition, progress: Progress) -> tuple[Reading, bool]:
    """The account's place as it now is, and whether it is the one given: a place that is older than it is not taken."""
    Reading.objects.get_or_create(user=user, edition=edition)
    reading = Reading.objects.select_for_update().get(user=user, edition=edition)
    at = min(progress.at_ms, now_ms())  # a clock ahead of ours must not win for ever
    same = reading.device == progress.device and reading.placed_ms == at
    if at < reading.placed_ms or (at == reading.placed_ms and not same):
        return reading, False
    reading.place, reading.chapter = progress.place[:1000], progress.chapter[:300]
    reading.fraction, reading.placed_ms = min(1.0, max(0.0, progress.fraction)), at
    reading.device, reading.device_name = progress.device[:200], progress.device_name[:100]
    reading.save()
    return reading, True


def now_ms() -> int:
    return time.time_ns() // 1_000_000


class Translator:
    """Places of one edition between programs. What cannot be told is blank: the fraction then says how far."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.is_audio = edition.kind == EditionKind.AUDIOBOOK
        self.is_epub = edition.format == FileFormat.EPUB and not self.is_audio

    def from_references(self, references: list[str]) -> tuple[str, str]:
        """Place and chapter by OPDS Progression's references, the first that leads anywhere."""
        for reference in references:
            if self.is_audio and (match := re.search(r"#t=(\d{1,7}(?:\.\d{1,6})?)", reference)):
                return f"{float(match[1]):g}", ""
            if not self.is_audio and not self.is_epub and (match := re.search(r"#page=(\d{1,6})", reference)):
                return _page_place(int(match[1])), ""
        for reference in references if self.is_epub else []:
            if found := self._in_book(lambda places, one=reference: places.from_reference(one)):
                return found
        return "", ""

    def references(self, reading: Reading) -> list[str]:
        if self.is_audio:
            return [f"#t={reading.place}"] if reading.place else []
        if not self.is_epub:
            return [f"#page={page}"] if (page := page_of(reading.place)) else []
        return [found] if (found := self._told(reading, Places.reference)) else []

    def from_koreader(self, progress: str) -> tuple[str, str]:
        """Place and chapter by what KOReader keeps: an XPointer of an EPUB, else the number of a page."""
        if self.is_epub:
            return self._in_book(lambda places: places.from_xpointer(progress)) or ("", "")
        return (_page_place(int(progress)), "") if re.fullmatch(r"[1-9]\d{0,5}", progress) else ("", "")

    def for_koreader(self, reading: Reading) -> str:
        if self.is_epub:
            return self._told(reading, Places.xpointer, by_fraction=True)
        return str(page_of(reading.place) or "")

    def _in_book(self, find: Any) -> tuple[str, str] | None:
        with _opened(self.edition) as places:
            place: Place | None = find(places) if places else None
            return (places.cfi(place), places.chapter(place)) if places and place else None

    def _told(self, reading: Reading, tell: Any, by_fraction: bool = False) -> str:
        with _opened(self.edition) as places:
            place = places.from_cfi(reading.place) if places and reading.place else None
            if places and place is None and by_fraction:
                place = places.at(reading.fraction)
            return tell(places, place) if place else ""


class _opened:  # noqa: N801 - used as a function
    """The places of an EPUB while its file is open; None where it cannot be read."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._file: Any = None

    def __enter__(self) -> Places | None:
        try:
            self._file = self._edition.file.open("rb")
            return Places(Container(self._file))
        except (OSError, ValueError, EpubError):
            return None

    def __exit__(self, *_error: object) -> None:
        if self._file is not None:
            self._file.close()


def _page_place(number: int) -> str:
    """As the reader names a page of a book without a text of its own."""
    return f"epubcfi(/6/{number * 2})"


def page_of(place: str) -> int | None:
    """The number of the page that a place of a book of pages lies on; None where it names none."""
    match = _PAGE.match(place)
    return int(match[1]) // 2 if match else None
