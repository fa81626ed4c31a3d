"""In which encoding, and in which letters, a file of text is written: by its own marks, else by what it spells."""

import codecs
from pathlib import Path

from django.utils.translation import gettext as _

from heritage.catalog.imports.report import UnreadableFileError
from heritage.core.folding import nfc
from heritage.core.letters import from_letters, looks_vietnamese, recognise

BLOCK = 1 << 20
LOOKED_AT = 256 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def recognised(path: Path) -> tuple[str, str]:
    """The encoding of a file, and its old letters (`tcvn3`, `vni`) where it is written in such.

    UTF-8 or UTF-16 where the file says or proves so, else Windows-1258, whose tones follow their letters, or the bytes
    of the old fonts, whichever makes Vietnamese words.

    Raises:
        UnreadableFileError: it is in none of them.
    """
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return _checked(path, name), recognise(head.decode(name, "ignore"))
    if b"\0" in head[:4096]:
        name = _checked(path, "utf-16-le" if head[1:2] == b"\0" else "utf-16-be")
        return name, recognise(head.decode(name, "ignore"))
    if _reads(path, "utf-8"):
        return "utf-8", recognise(nfc(head.decode("utf-8", "ignore")))
    letters = recognise(head.decode("cp1252", "replace"))
    if letters and _share(head, letters) > looks_vietnamese(nfc(head.decode("cp1258", "replace"))):
        return ("cp1252" if _reads(path, "cp1252") else "latin-1"), letters
    return _checked(path, "cp1258"), ""


def _share(head: bytes, letters: str) -> float:
    return looks_vietnamese(from_letters(head.decode("cp1252", "replace"), letters))


def _reads(path: Path, encoding: str) -> bool:
    try:
        _decode(path, encoding)
    except UnicodeError:
        return False
    return True


def _checked(path: Path, encoding: str) -> str:
    """`encoding` where the whole file can be read in it."""
    try:
        _decode(path, encoding)
    except UnicodeError as error:
        message = _(
            "The file is neither UTF-8, UTF-16 nor Windows-1258, nor in TCVN3 or VNI letters (%(error)s). "
            "Save it as CSV UTF-8."
        )
        raise UnreadableFileError(message % {"error": error}) from error
    return encoding


def _decode(path: Path, encoding: str) -> None:
    """Read the file through in blocks, so that memory stays flat."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
