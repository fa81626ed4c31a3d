"""What the viewer on a page is told of an object: its pages with their image services, and the words around them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from heritage.core import languages
from heritage.iiif import access, addresses, html, queries
from heritage.iiif.image_api import info, reduced
from heritage.iiif.models import Audience, Canvas, Caption, DigitalObject, RangeBehavior
from heritage.iiif.presentation import authorization
from heritage.iiif.pyramids import TILE


@dataclass(frozen=True)
class Shown:
    """An object as the template shows it; addresses are paths, so that a page works under any host name."""

    identifier: str
    label: str
    summary: str
    attribution: str
    rights: str
    rights_label: str
    manifest: str
    pages: list[dict[str, Any]]
    recordings: list[dict[str, Any]]
    models: list[dict[str, Any]]
    is_right_to_left: bool
    contents: list[dict[str, Any]]
    missing: list[str]
    notice: str = ""

    @property
    def has_layers(self) -> bool:
        return any(page.get("views") for page in self.pages)

    @property
    def has_text(self) -> bool:
        return any(page["text"] for page in self.pages)

    @property
    def first(self) -> dict[str, Any]:
        return self.pages[0]

    @property
    def pdf(self) -> str:
        """The address of the pages as PDF, the first ones of a long object."""
        return addresses.pdf_path(self.identifier)

    @property
    def preview_set(self) -> str:
        """The first page's still picture in two sizes for `srcset`, each with its width in pixels."""
        page = self.first
        found = []
        for side in (400, 800):
            across = max(1, round(page["width"] * min(1, side / page["width"], side / page["height"])))
            found.append(f"{page['preview'].replace('!800,800', f'!{side},{side}')} {across}w")
        return ", ".join(found)

    @property
    def data_id(self) -> str:
        return f"scans-{self.identifier}"


def shown(request: HttpRequest, objects: Iterable[DigitalObject]) -> list[Shown]:
    """Those of `objects` that this visitor may see and that have a ready scan; one query for all their pages."""
    allowed = [obj for obj in objects if access.status_for(request, obj) == 200]
    return [_shown(obj, access.images_status(request, obj) == 200) for obj in queries.for_viewer(allowed)]


def _shown(obj: DigitalObject, is_whole: bool) -> Shown:
    """`is_whole` says whether this visitor sees the images in full; else a reduced size or none, and why."""
    canvases: list[Canvas] = obj.ready_canvases  # type: ignore[attr-defined]
    listed = canvases
    if not is_whole:
        canvases = [_reduced(one) for one in canvases if one.is_picture] if obj.audience == Audience.REDUCED else []
    return Shown(
        notice="" if is_whole else gettext(authorization.NOTES[Audience(obj.audience)]),
        identifier=obj.identifier,
        label=languages.in_language(obj, "label"),
        summary=html.plain(languages.in_language(obj, "summary")),
        attribution=html.shown(languages.in_language(obj, "attribution")),
        rights=obj.rights,
        rights_label=obj.get_rights_display() if obj.rights else "",
        manifest=addresses.manifest_path(obj.identifier),
        pages=_pages(obj, canvases),
        missing=[languages.in_language(one, "label") or str(n) for n, one in enumerate(listed, 1) if one.is_missing],
        recordings=_recordings(obj, canvases),
        models=[_model(canvas, number) for number, canvas in enumerate(canvases, 1) if canvas.is_model],
        contents=_contents(obj, canvases),
        is_right_to_left=obj.viewing_direction == "right-to-left",
    )


def _pages(obj: DigitalObject, canvases: list[Canvas]) -> list[dict[str, Any]]:
    """The pictures, each with its other views and with the parts that are laid on it; one query where there are any."""
    numbered = [(number, canvas) for number, canvas in enumerate(canvases, 1) if canvas.is_picture]
    some = [canvas.pk for _number, canvas in numbered if getattr(canvas, "has_layers", False)]
    layers = queries.layers(some) if some else {}
    found = []
    for number, canvas in numbered:
        page = _page(obj, canvas, number)
        above = layers.get(canvas.pk, [])
        if views := [_layer(one) for one in above if not one.place_on]:
            page["views"] = [{"label": page["label"], **_tiles(canvas)}, *views]
        if parts := [_layer(one) for one in above if one.place_on]:
            page["parts"] = parts
        found.append(page)
    return found


def _layer(canvas: Canvas) -> dict[str, Any]:
    place = [int(number) for number in canvas.place_on.split(",")] if canvas.place_on else None
    label = languages.in_language(canvas, "label") or canvas.original_name or canvas.image_identifier
    return {"label": label, "place": place, **_tiles(canvas)}


def _tiles(canvas: Canvas) -> dict[str, Any]:
    """What OpenSeadragon asks for of an image."""
    width, height = canvas.width or 1, canvas.height or 1
    return {
        "service": addresses.image_path(canvas.image_identifier),
        "width": width,
        "height": height,
        "factors": info.scale_factors(width, height),
        "tile": TILE,
    }


def _reduced(canvas: Canvas) -> Canvas:
    width, height = reduced.size(canvas.width or 1, canvas.height or 1)
    return Canvas(
        image_identifier=canvas.image_identifier + reduced.SUFFIX,
        width=width,
        height=height,
        version=canvas.version,
        label_vi=canvas.label_vi,
        label_en=canvas.label_en,
        technical={"has_text": canvas.has_text, "scale": (canvas.width or 1) / width},  # type: ignore[attr-defined]
    )


def _contents(obj: DigitalObject, canvases: list[Canvas]) -> list[dict[str, Any]]:
    """The entries of the table of contents, each with an address that the viewer knows; none for pages not shown."""
    kept: dict[int, Canvas] = {canvas.pk: canvas for canvas in obj.ready_canvases}  # type: ignore[attr-defined]
    found = []
    for one in obj.ranges_in_order if canvases else []:  # type: ignore[attr-defined]
        if one.first_id not in kept or one.behavior == RangeBehavior.NO_NAV:
            continue
        picture = kept.get(one.picture_id or 0)
        found.append(
            {
                "label": languages.in_language(one, "label"),
                "depth": one.depth,
                "address": _address(kept[one.first_id], one.pieces[0][1] if one.pieces else one.part),
                "picture": addresses.image_path(picture.image_identifier) if picture and picture.is_picture else "",
            }
        )
        for pk, part in one.pieces if one.behavior == RangeBehavior.SEQUENCE else one.pieces[1:]:
            if pk in kept:
                label = languages.in_language(kept[pk], "label") or str(list(kept).index(pk) + 1)
                found.append({"label": label, "depth": one.depth + 1, "address": _address(kept[pk], part)})
    return found


def _address(canvas: Canvas, part: str) -> str:
    """The place of the page that leads to a canvas, or to a part of it."""
    return f"#{canvas.image_identifier}" + (f"/{part.removeprefix('xywh=')}" if part else "")


def _recordings(obj: DigitalObject, canvases: list[Canvas]) -> list[dict[str, Any]]:
    numbered = [(number, canvas) for number, canvas in enumerate(canvases, 1) if canvas.is_recording]
    kept = queries.captions([canvas.pk for _number, canvas in numbered]) if numbered else {}
    return [_recording(obj, canvas, number, kept.get(canvas.pk, [])) for number, canvas in numbered]


def _recording(obj: DigitalObject, canvas: Canvas, number: int, captions: list[Caption]) -> dict[str, Any]:
    begins = f"#t={obj.start_second:g}" if obj.start_second and obj.start_id == canvas.pk else ""
    return {
        "url": f"{addresses.recording_path(canvas.image_identifier)}{begins}",
        "media_type": canvas.media_type,
        "is_film": canvas.media_type.startswith("video/"),
        "label": languages.in_language(canvas, "label") or canvas.original_name or str(number),
        "width": canvas.width,
        "height": canvas.height,
        "image": canvas.image_identifier,
        "captions": [_caption(canvas, one) for one in captions],
    }


def _caption(canvas: Canvas, caption: Caption) -> dict[str, Any]:
    return {
        "language": caption.language,
        "label": caption.get_language_display(),
        "kind": caption.kind,
        "is_first": caption.language == languages.current(),
        "url": addresses.caption_path(canvas.image_identifier, caption.language),
        "text": addresses.caption_path(canvas.image_identifier, caption.language, "txt"),
    }


def _model(canvas: Canvas, number: int) -> dict[str, Any]:
    return {
        "url": addresses.model_path(canvas.image_identifier),
        "file": canvas.original_name,
        "label": languages.in_language(canvas, "label") or canvas.original_name or str(number),
        "megabytes": max(1, round(canvas.original_bytes / 1024**2)),
        "is_drawn": not canvas.beyond,  # type: ignore[attr-defined]
    }


def _page(obj: DigitalObject, canvas: Canvas, number: int) -> dict[str, Any]:
    image = canvas.image_identifier.removesuffix(reduced.SUFFIX)
    address = addresses.canvas_url(obj.identifier, image)
    is_whole = image == canvas.image_identifier
    has_text = canvas.has_text if is_whole else canvas.technical["has_text"]  # type: ignore[attr-defined]
    width, height = canvas.width or 1, canvas.height or 1
    service = addresses.image_path(canvas.image_identifier)
    version = f"?v={canvas.version}"
    return {
        "service": service,
        "image": image,
        "canvas": address,
        "manifest": addresses.manifest_url(obj.identifier),
        "scale": 1 if is_whole else canvas.technical["scale"],
        "text": f"{addresses.manifest_path(obj.identifier).removesuffix('manifest')}canvas/{image}/text"
        if has_text
        else "",
        "width": width,
        "height": height,
        "factors": info.scale_factors(width, height),
        "tile": TILE,
        "label": languages.in_language(canvas, "label") or str(number),
        "thumbnail": f"{service}/full/!160,160/0/default.jpg{version}",
        "preview": f"{service}/full/!800,800/0/default.jpg{version}",
        "download": f"{service}/full/max/0/default.jpg",
    }
