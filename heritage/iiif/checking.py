"""Checking: is every original still what came in, and does every scan that is served have its pyramid?"""

from collections.abc import Iterator

from heritage.iiif import originals, stores, tiff
from heritage.iiif.models import Canvas, State


def problems() -> Iterator[tuple[str, str]]:
    """The image identifier and what is wrong with it, for each scan with a problem."""
    seen: dict[str, str] = {}
    for canvas in Canvas.objects.exclude(state=State.MISSING).order_by("pk").iterator(500):
        if canvas.original not in seen:
            seen[canvas.original] = _original(canvas)
        if seen[canvas.original]:
            yield canvas.image_identifier, seen[canvas.original]
        if canvas.state == State.READY and canvas.is_picture and (problem := _pyramid(canvas)):
            yield canvas.image_identifier, problem


def _original(canvas: Canvas) -> str:
    try:
        found = originals.sha256_of_kept(canvas.original)
    except OSError as error:
        return f"the original cannot be read: {error}"
    if not found:
        return "the original is missing"
    return "" if found == canvas.sha256 else "the original differs from its SHA-256"


def _pyramid(canvas: Canvas) -> str:
    try:
        largest = stores.directories(stores.pyramid(canvas.pyramid))[0]
    except (OSError, tiff.MalformedError) as error:
        return f"the pyramid cannot be read: {error}"
    measures = (largest.width, largest.height)
    return "" if measures == (canvas.width, canvas.height) else "the pyramid has other measures than the scan"
