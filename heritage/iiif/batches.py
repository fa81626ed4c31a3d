"""Batches: files and folders taken in together, each file on its own, so that a bad one stops no other."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from heritage.core import folding
from heritage.iiif import addresses, archives, captions, decoding, descriptions, formats, originals, owners, services
from heritage.iiif.models import Access, Canvas, DigitalObject
from heritage.iiif.services import RefusedError
from heritage.iiif.text.services import read_text

TEXT_SUFFIXES = (".xml", ".alto", ".hocr", ".html")
"""A file of the same name beside an image, `tr-1.xml` beside `tr-1.tif`, is its text; `film.en.vtt` that of a film."""


@dataclass
class Report:
    """What became of each file; `as_json` is what `--json` prints."""

    counts: dict[str, int] = field(default_factory=lambda: {"created": 0, "updated": 0, "unchanged": 0})
    refusals: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """What should be known of files that were taken in, such as a PDF without a text layer."""
    canvases: list[Canvas] = field(default_factory=list)
    is_interrupted: bool = False
    """Whether a file was good and could not be kept, for want of room or of the storage: it may be given again."""

    def as_json(self) -> dict[str, Any]:
        objects = {canvas.digital_object.identifier: canvas.digital_object for canvas in self.canvases}
        return {
            **self.counts,
            "refused": len(self.refusals),
            "refused_rows": [{"file": file, "reason": reason} for file, reason in self.refusals],
            "notes": [{"file": file, "note": note} for file, note in self.notes],
            "objects": [self._object(one) for one in objects.values()],
        }

    def _object(self, one: DigitalObject) -> dict[str, Any]:
        images = [canvas for canvas in self.canvases if canvas.digital_object_id == one.pk]
        return {
            "identifier": one.identifier,
            "access": one.access,
            "manifest": addresses.manifest_url(one.identifier),
            "images": [
                {
                    "identifier": canvas.image_identifier,
                    "info": addresses.info_url(canvas.image_identifier),
                    "width": canvas.width,
                    "height": canvas.height,
                    "state": canvas.state,
                }
                for canvas in images
            ],
        }


@dataclass(frozen=True)
class Destination:
    """Where files go: an object of that identifier, the record of that number, or one object for each path."""

    identifier: str = ""
    record: str = ""
    label_vi: str = ""
    label_en: str = ""
    access: str = Access.OPEN
    replace: str = ""
    """The image whose picture the one file given replaces."""
    leaves_pages_to_worker: bool = False
    """Whether the pages of a PDF are drawn later, each by itself."""


def files_of(path: Path) -> Iterator[Path]:
    """The path itself, or the files in a folder as people number pages; what begins with a dot is left out."""
    if not path.is_dir():
        yield path
        return
    inner = [
        file
        for file in path.rglob("*")
        if file.is_file() and not file.name.startswith(".") and file.suffix.lower() not in TEXT_SUFFIXES
    ]
    inner = [file for file in inner if file.suffix != captions.SUFFIX or not _is_spoken_in(file)]
    yield from sorted(inner, key=lambda file: services.natural_key(str(file.relative_to(path))))


def _is_spoken_in(file: Path) -> bool:
    """Whether a caption file stands beside its recording; one that does not is refused with that reason."""
    stems = {file.stem, file.stem.rpartition(".")[0]}
    return any(one.stem in stems and one.suffix != captions.SUFFIX for one in file.parent.iterdir())


def take_in(paths: Iterable[Path], destination: Destination, said: Callable[[str], None]) -> Report:
    """Take every file in. `said` hears of each as it is done."""
    report = Report()
    for path in paths:
        if not path.exists():
            _refuse(report, RefusedError(str(path), _("there is no such file or folder. Check the path.")), said)
            continue
        with _refusals(report, path, said):
            if archives.is_archive(path):
                with archives.extracted(path) as folder:
                    _take_all(folder, path, destination, report, said)
            else:
                _take_all(path, path, destination, report, said)
    return report


def _take_all(place: Path, path: Path, destination: Destination, report: Report, said: Callable[[str], None]) -> None:
    """The files at `place`; `path` is what was named, after which a new object is called."""
    for file in files_of(place):
        with _refusals(report, file, said):
            _take_one(file, path, destination, report, said)


@contextmanager
def _refusals(report: Report, file: Path, said: Callable[[str], None]) -> Iterator[None]:
    """What is refused within goes into the report, and the next file has its turn."""
    try:
        yield
    except RefusedError as refused:
        report.is_interrupted |= isinstance(refused, originals.NoRoomError)
        _refuse(report, refused, said)
    except OSError as error:
        report.is_interrupted = True
        reason = originals.why(error)
        _refuse(report, RefusedError(file.name, reason), said)


def _refuse(report: Report, refused: RefusedError, said: Callable[[str], None]) -> None:
    report.refusals.append((refused.name, refused.reason))
    said(str(refused))


def _take_one(file: Path, path: Path, destination: Destination, report: Report, said: Callable[[str], None]) -> None:
    inspected = formats.inspect(file)  # before an object is made for it
    if destination.replace:
        _replace(file, destination.replace, report, said)
        return
    target, is_new = _object_for(file, path, destination)
    try:
        later = destination.leaves_pages_to_worker and inspected.media_type == decoding.PDF
        met = {canvas.pk for canvas in report.canvases}
        result = services.ingest(file, target, wait=not later, met=met)
    except RefusedError:
        if is_new:
            target.delete()
        raise
    _take_text(file, result.canvases, report, said)
    _take_captions(file, result.canvases, report, said)
    _tell(file, target, result, report, said)


def _replace(file: Path, image: str, report: Report, said: Callable[[str], None]) -> None:
    canvas = Canvas.objects.filter(image_identifier=image).select_related("digital_object").first()
    if canvas is None:
        raise RefusedError(file.name, _("there is no scan %(image)s to replace.") % {"image": image})
    result = services.ingest(file, canvas.digital_object, replace=canvas)
    _tell(file, canvas.digital_object, result, report, said)


def _tell(
    file: Path, target: DigitalObject, result: services.Ingested, report: Report, said: Callable[[str], None]
) -> None:
    target.refresh_from_db()
    report.counts[result.outcome] += 1
    for canvas in result.canvases:
        canvas.digital_object = target
        report.canvases.append(canvas)
        said(f"{file.name}: {result.outcome}, {canvas.image_identifier}, {canvas.width} x {canvas.height}")
    if result.note:
        report.notes.append((file.name, result.note))


def _take_text(file: Path, canvases: tuple[Canvas, ...], report: Report, said: Callable[[str], None]) -> None:
    """The text beside an image of one page; where it is no good the image stays."""
    beside = next((one for suffix in TEXT_SUFFIXES if (one := file.with_suffix(suffix)).is_file()), None)
    if beside and len(canvases) == 1:
        try:
            read_text(beside, canvases[0])
        except RefusedError as refused:
            _refuse(report, refused, said)


def _take_captions(file: Path, canvases: tuple[Canvas, ...], report: Report, said: Callable[[str], None]) -> None:
    """The captions beside a recording; where they are no good the recording stays."""
    if not canvases[0].is_recording:
        return
    try:
        found = captions.beside(file)
    except RefusedError as refused:
        _refuse(report, refused, said)
        return
    for language, beside in found:
        try:
            captions.read_file(beside, canvases[0], language)
            said(f"{beside.name}: captions, {canvases[0].image_identifier}, {language}")
        except RefusedError as refused:
            _refuse(report, refused, said)


def _object_for(file: Path, path: Path, destination: Destination) -> tuple[DigitalObject, bool]:
    """The object that a file belongs to, and whether it was made just now."""
    identifier = destination.identifier or destination.record or folding.slug(path.stem)[:60]
    if found := DigitalObject.objects.filter(identifier=identifier).first():
        return found, False
    label = destination.label_vi or destination.record or path.stem
    owner = ("record", destination.record) if destination.record else None
    try:
        made = services.create_object(
            identifier, label, destination.label_en, owner=owner, **({} if owner else {"access": destination.access})
        )
    except ValidationError as invalid:
        raise RefusedError(file.name, " ".join(invalid.messages)) from invalid
    except owners.NoSuchOwnerError as missing:
        raise RefusedError(file.name, str(missing)) from missing
    if owner and not destination.label_vi:
        _named_after_owner(made)
    return made, True


def _named_after_owner(made: DigitalObject) -> None:
    name = descriptions.of(made).name
    if name.get("vi"):
        made.label_vi, made.label_en = name["vi"][:300], name.get("en", "")[:300]
        made.save(update_fields=["label_vi", "label_en"])
