"""A dossier as a BagIt bag (RFC 8493), serialised as one ZIP (section 4) and written as it is read."""

import datetime as dt
import hashlib
import json
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heritage.catalog.dossiers import completeness
from heritage.catalog.dossiers.contents import Entry
from heritage.catalog.dossiers.pdf import ExportError, Progress, entries_of
from heritage.catalog.models import Dossier, DossierFile

CHUNK = 1024 * 1024
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
RESERVED = '<>:"/\\|?*%'
"""What some system reserves; and the percent sign, which manifests would have to encode (section 2.1.3), as not every
validator reads."""


def write(dossier: Dossier, target: Path, progress: Progress) -> None:
    """Write the bag to `target`.

    Raises:
        ExportError: a file is missing from the storage, or is no longer what came in.
    """
    entries = entries_of(dossier)
    total = sum(len(entry.files) for entry in entries) + 1
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as package:
        bag = _Bag(package, _name(dossier))
        bag.add("data/dossier.json", _described(dossier, entries))
        for position, entry in enumerate(entries, start=1):
            for number, file in enumerate(entry.files, start=1):
                bag.add_file(f"data/{position:03d}/{number:02d}-{safe_name(file.name)}", file)
                progress(bag.count, total)
        bag.close(_information(dossier, bag))


class _Bag:
    """Writes payload as it comes, and remembers of it only digests and sizes."""

    def __init__(self, package: zipfile.ZipFile, name: str) -> None:
        self._package, self._name = package, name
        self._payload: dict[str, str] = {}
        self.octets = self.count = 0

    def add(self, path: str, content: bytes) -> None:
        self._package.writestr(self._info(path), content)
        self._note(path, hashlib.sha256(content).hexdigest(), len(content))

    def add_file(self, path: str, file: DossierFile) -> None:
        sha, size = hashlib.sha256(), 0
        try:
            with (
                file.file.storage.open(str(file.file.name), "rb") as stored,
                self._package.open(self._info(path), "w", force_zip64=True) as out,
            ):
                while chunk := stored.read(CHUNK):
                    sha.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
        except OSError as error:
            message = _("%(file)s is missing from the storage. Restore it from a backup, or set it aside.")
            raise ExportError(message, file=file.name) from error
        if sha.hexdigest() != file.sha256:
            message = _("%(file)s is no longer what came in: its SHA-256 differs. Restore it from a backup.")
            raise ExportError(message, file=file.name)
        self._note(path, sha.hexdigest(), size)

    def close(self, information: str) -> None:
        """The tag files, last: only now are all digests known (RFC 8493, sections 2.1 and 2.2)."""
        manifest = "".join(f"{digest}  {path}\n" for path, digest in self._payload.items())
        tags = {"bagit.txt": DECLARATION, "bag-info.txt": information, "manifest-sha256.txt": manifest}
        sums = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in tags.items())
        for name, text in {**tags, "tagmanifest-sha256.txt": sums}.items():
            self._package.writestr(self._info(name), text.encode())

    def _note(self, path: str, digest: str, size: int) -> None:
        self._payload[path] = digest
        self.octets += size
        self.count += 1

    def _info(self, path: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(f"{self._name}/{path}", timezone.localtime().timetuple()[:6])
        info.external_attr = 0o100644 << 16
        return info


def safe_name(name: str) -> str:
    """A file name that every system can store: composed, no reserved letters, never `..` or a hidden file."""
    plain = unicodedata.normalize("NFC", name)
    plain = "".join("_" if c in RESERVED or not c.isprintable() else c for c in plain).strip(" .")
    return plain[-120:] or "file"


def _name(dossier: Dossier) -> str:
    return safe_name(f"{dossier.record.number}-{dossier.candidate_rank}".replace(" ", "-"))


def _information(dossier: Dossier, bag: _Bag) -> str:
    """`bag-info.txt` (section 2.2.2)."""
    values = {
        "Source-Organization": str(settings.WAGTAIL_SITE_NAME),
        "External-Identifier": f"{dossier.record.number}/{dossier.candidate_rank}",
        "External-Description": str(dossier),
        "Bagging-Date": timezone.localdate().isoformat(),
        "Payload-Oxum": f"{bag.octets}.{bag.count}",
        "Bag-Software-Agent": "heritage-archive",
    }
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in values.items())


def _described(dossier: Dossier, entries: list[Entry]) -> bytes:
    """What the dossier says of its items, so that the bag can be understood by itself."""
    figure = completeness.of(dossier)
    record = dossier.record
    said: dict[str, Any] = {
        "record": {"number": record.number, "name_vi": record.name_vi, "name_en": record.name_en},
        "candidate_rank": dossier.candidate_rank,
        "checklist": str(dossier.checklist or ""),
        "shelf_mark": dossier.shelf_mark,
        "opinion": {"number": dossier.opinion_number, "date": dossier.opinion_on, "agrees": dossier.opinion_agrees},
        "completeness": {"percent": figure.percent, "held": figure.held, "required": figure.required},
        "items": [_item(position, entry) for position, entry in enumerate(entries, start=1)],
    }
    return json.dumps(said, ensure_ascii=False, indent=1, default=_day).encode()


def _item(position: int, entry: Entry) -> dict[str, Any]:
    item = entry.item
    return {
        "folder": f"{position:03d}",
        "code": item.line.code if item.line_id and item.line else "",
        "title_vi": item.title_vi,
        "title_en": item.title_en,
        "pages": item.pages,
        "form": item.paper_form,
        "shelf_mark": item.shelf_mark,
        "does_not_apply": item.not_applicable,
        "checked_by": str(item.checked_by or ""),
        "checked_on": item.checked_on,
        "files": [{"name": file.name, "media_type": file.media_type, "sha256": file.sha256} for file in entry.files],
    }


def _day(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
