"""Recipes of captions, remarks, pictures laid on pages, missing pages and contents made of pieces; see `recipes`."""

from typing import Any

from heritage.iiif import captions, contents, layers, services, structure
from heritage.iiif.descriptions import Description, Pair
from heritage.iiif.models import DigitalObject, Moderation, SavedSet, SavedSetEntry
from tests.factories.iiif import CanvasFactory, DigitalObjectFactory
from tests.iiif.presentation.recipes import (
    FILM,
    IMAGE,
    ROOT,
    Text,
    book,
    knows,
    manifest,
    pages_of,
    painted,
    recipe,
)

WHOLE = "WEBVTT\n\n00:01.000 --> 00:04.000\nRước nước\n"


def filmed(*languages: str) -> None:
    canvas = CanvasFactory(digital_object=book(0), image_identifier="SACH.1", **FILM)
    for language in languages:
        captions.keep(canvas, language, WHOLE)


def vtt(language: str) -> dict[str, Any]:
    address = Text(f"/iiif/captions/SACH.1/{language}.vtt")
    return {"id": address, "type": "Text", "format": "text/vtt", "label": dict, "language": language}


def supplement(body: Any) -> dict[str, Any]:
    annotation = {"motivation": "supplementing", "body": body, "target": Text("/canvas/SACH.1")}
    return {"items": [{"annotations": [{"type": "AnnotationPage", "items": [annotation]}]}]}


@recipe("0219")
def captions_of_a_film(_user: Any) -> tuple[str, Any]:
    filmed("vi")
    return manifest(supplement(vtt("vi")))


@recipe("0074")
def captions_in_two_languages(_user: Any) -> tuple[str, Any]:
    filmed("en", "vi")
    return manifest(supplement({"type": "Choice", "items": [vtt("vi"), vtt("en")]}))


@recipe("0017", "0231")
def transcript(_user: Any) -> tuple[str, Any]:
    filmed("vi")
    words = {"id": Text("/iiif/captions/SACH.1/vi.txt"), "type": "Text", "format": "text/plain", "label": dict}
    return manifest({"items": [{"rendering": [words], **supplement(vtt("vi"))["items"][0]}]})


@recipe("0007")
def html_in_descriptions(_user: Any) -> tuple[str, Any]:
    link = '<p>Ảnh của <a href="https://example.org/">Bảo tàng</a></p>'
    one = book(summary_vi=link, attribution_vi=link, summary_en="<only in angle brackets>")
    one.clean_fields(exclude=["summary_en"])
    knows(Description(metadata=(Pair({"en": "Source"}, {"en": '<span><a href="https://example.org/">M</a></span>'}),)))
    pair = {"value": {"en": ['<span><a href="https://example.org/">M</a></span>']}}
    plain = "<only in angle brackets> "  # section 4.5: a space says that this is no HTML
    return manifest(
        {
            "summary": {"vi": [link], "en": [plain]},
            "requiredStatement": {"value": {"vi": [link]}},
            "metadata": [pair, dict, dict],
        }
    )


def remark_on(page: Any, user: Any, **values: Any) -> None:
    structure.review_remark(structure.propose_remark(page, **values), Moderation.PUBLISHED, user)


@recipe("0019")
def html_in_remarks(user: Any) -> tuple[str, Any]:
    words = '<p>Chợ <a href="https://example.org/">Bến</a></p>'
    remark_on(pages_of(book())[0], user, text=words, format="text/html")
    body = {"type": "TextualBody", "language": "vi", "format": "text/html", "value": words}
    return manifest({"items": [{"annotations": [{"items": [{"motivation": "commenting", "body": body}]}]}]})


@recipe("0346")
def remark_in_two_languages(user: Any) -> tuple[str, Any]:
    page = pages_of(book())[0]
    remark_on(page, user, text="Đàn", other_text="Lute", other_language="en", region="1,2,30,40")
    bodies = [{"type": "TextualBody", "value": v, "language": code} for v, code in (("Đàn", "vi"), ("Lute", "en"))]
    mark = {"body": {"type": "Choice", "items": bodies}, "target": Text("#xywh=1,2,30,40")}
    return manifest({"items": [{"annotations": [{"items": [mark]}]}]})


@recipe("0139")
def place_of_a_detail(user: Any) -> tuple[str, Any]:
    page = pages_of(book())[0]
    remark_on(page, user, text="Bến đò", motivation="tagging", region="9,9,90,90", latitude=21.6, longitude=105.8)
    geometry = {"type": "Point", "coordinates": [105.8, 21.6]}
    body = {"type": "Feature", "properties": {"label": {"vi": ["Bến đò"]}}, "geometry": geometry}
    mark = {"motivation": "tagging", "body": body, "target": Text("#xywh=9,9,90,90")}
    context = ["http://geojson.org/geojson-ld/geojson-context.jsonld", "http://iiif.io/api/presentation/3/context.json"]
    return manifest({"@context": context, "items": [{"annotations": [{"items": [mark]}]}]})


def laid(text_of_layers: str, pages: int) -> DigitalObject:
    one = book(pages)
    structure.set_layers(one, layers.parse(text_of_layers, pages_of(one)), pages_of(one))
    return one


@recipe("0033")
def choice_of_pictures(_user: Any) -> tuple[str, Any]:
    laid("2 | 1", 2)
    views = [{**IMAGE, "id": Text(f"/SACH.{n}/full/"), "label": {"vi": [f"Tờ {n}"]}, "service": list} for n in (1, 2)]
    return manifest({"items": [painted({"type": "Choice", "items": views})]})


@recipe("0036")
def parts_put_together(_user: Any) -> tuple[str, Any]:
    laid("2 | 1 | 394,99,109,123", 2)
    whole = {"motivation": "painting", "body": IMAGE, "target": Text("/canvas/SACH.1")}
    part = {"motivation": "painting", "body": {**IMAGE, "id": Text("/SACH.2/")}, "target": Text("#xywh=394,99,109,123")}
    return manifest({"items": [{"type": "Canvas", "items": [{"items": [whole, part]}]}]})


@recipe("0326")
def remark_on_one_picture_of_several(user: Any) -> tuple[str, Any]:
    remark_on(pages_of(laid("2 | 1", 2))[1], user, text="Nét cũ", motivation="tagging", region="81,90,26,37")
    selector = {"type": "ImageApiSelector", "region": "81,90,26,37", "size": "1300,900"}
    target = {"type": "SpecificResource", "source": Text("/iiif/3/SACH.2"), "selector": selector}
    mark = {"motivation": "tagging", "body": {"value": "Nét cũ"}, "target": target}
    views = [{"annotations": type(None)}, {"annotations": [{"type": "AnnotationPage", "items": [mark]}]}]
    return manifest({"items": [painted({"type": "Choice", "items": views})]})


@recipe("0283")
def missing_page(_user: Any) -> tuple[str, Any]:
    one = book(2, behavior="paged")
    missing = structure.add_missing_page(one, "Tờ 1b, thiếu", "Leaf 1v, missing")
    services.reorder(one, ["SACH.1", missing.image_identifier, "SACH.2"])
    gap = {"type": "Canvas", "label": {"vi": ["Tờ 1b, thiếu"], "en": ["Leaf 1v, missing"]}, "items": []}
    return manifest({"items": [dict, {**gap, "width": 1300, "height": 900}, dict]})


def set_contents(one: DigitalObject, lines: str) -> None:
    structure.set_contents(one, contents.parse(lines, one.canvases.count()), pages_of(one))


@recipe("0027")
def another_order_of_the_pages(_user: Any) -> tuple[str, Any]:
    set_contents(book(3), "Như đóng | As bound | 1-3 | sequence\nNhư viết | As written | 2; 3; 1 | sequence")

    def order(*numbers: int) -> list[Any]:
        return [{"id": Text(f"SACH.{n}"), "type": "Canvas"} for n in numbers]

    bound = {"behavior": ["sequence"], "label": {"en": ["As bound"]}, "items": order(1, 2, 3)}
    written = {"behavior": ["sequence"], "label": {"en": ["As written"]}, "items": order(2, 3, 1)}
    return manifest({"structures": [bound, written]})


@recipe("0229")
def gone_to_by_pictures(_user: Any) -> tuple[str, Any]:
    one = book()
    CanvasFactory(digital_object=one, image_identifier="SACH.2", order=2, **FILM)
    lines = "Theo ảnh | By pictures | 2 | thumbnail-nav\n- Chưa có hình | Blank | 2 t=0,9 | no-nav\n"
    set_contents(one, lines + "- Màn một | Act one | 2 t=9,305 | picture=1")
    blank = {"behavior": ["no-nav"], "items": [{"id": Text("SACH.2#t=0,9"), "type": "Canvas"}]}
    act = {"items": [{"id": Text("#t=9,305")}], "thumbnail": [{"id": Text("/iiif/3/SACH.1/full/"), "type": "Image"}]}
    return manifest({"structures": [{"behavior": ["thumbnail-nav"], "items": [dict, blank, act]}]})


@recipe("0025")
def articles_of_a_newspaper(_user: Any) -> tuple[str, Any]:
    set_contents(book(3), "Tin | News | 1 xywh=5,7,40,90; 3 xywh=6,8,50,60; 2")

    def piece(number: int, region: str) -> dict[str, Any]:
        source = Text(f"SACH.{number}")
        selector = {"type": "FragmentSelector", "value": f"xywh={region}"}
        return {"type": "SpecificResource", "source": source, "selector": selector}

    items = [piece(1, "5,7,40,90"), piece(3, "6,8,50,60"), {"id": Text("SACH.2"), "type": "Canvas"}]
    return manifest({"structures": [{"type": "Range", "label": {"en": ["News"]}, "items": items}]})


@recipe("0464")
def pages_reused(_user: Any) -> tuple[str, Any]:
    """A set put together of others: canvases under their own names, whence they come, and what must be said."""
    rights = "http://creativecommons.org/licenses/by/4.0/"
    kept = SavedSet.objects.create(name="tuyen", label_vi="Tuyển", is_public=True)
    for number, one in enumerate(
        (book(rights=rights, attribution_vi="Kho A"), DigitalObjectFactory(identifier="KHAC"))
    ):
        SavedSetEntry.objects.create(saved_set=kept, digital_object=one, sort_order=number)
    other = DigitalObject.objects.get(identifier="KHAC")
    DigitalObject.objects.filter(pk=other.pk).update(rights=rights, attribution_vi="Kho B")
    CanvasFactory(digital_object=other, image_identifier="KHAC.1")
    link = Text('<a href="http://testserver/iiif/presentation/3/SACH/manifest">Sách</a>')
    return f"{ROOT}set/tuyen/manifest", {
        "id": Text("/set/tuyen/manifest"),
        "type": "Manifest",
        "rights": rights,
        "requiredStatement": {"value": {"vi": ["Kho A", "Kho B"]}},
        "metadata": [{"label": dict, "value": {"vi": [link], "en": list}}, dict],
        "items": [{"id": Text("/SACH/canvas/SACH.1")}, {"id": Text("/KHAC/canvas/KHAC.1")}],
    }
