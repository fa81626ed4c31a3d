"""Situations of the IIIF Cookbook with scans of ours, and the part of the document that the recipe is about.

Each function makes the situation and returns the address to read and what must be found there: dictionaries may hold
more, lists are as long as here, `Text(part)` stands for a text with that part, and a type for anything of it.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from heritage.iiif import captions, contents, descriptions, georeference, layers, services, structure
from heritage.iiif.descriptions import Description, Link, Pair
from heritage.iiif.models import DigitalObject, Moderation, SavedSet, SavedSetEntry
from heritage.iiif.text import services as text
from heritage.iiif.text.reading import Word
from tests.factories.iiif import CanvasFactory, DigitalObjectFactory

RECIPES: dict[str, Callable[[Any], tuple[str, Any]]] = {}
ROOT = "/iiif/presentation/3/"


class Text(str):
    """A text that has this part."""


def recipe(*numbers: str) -> Callable[[Any], Any]:
    def register(make: Any) -> Any:
        RECIPES.update(dict.fromkeys(numbers, make))
        return make

    return register


def book(pages: int = 1, **values: Any) -> DigitalObject:
    values = {"images_issued": pages, **values}
    found = DigitalObjectFactory(identifier="SACH", label_vi="Sách", label_en="Book", **values)
    for number in range(1, pages + 1):
        CanvasFactory(digital_object=found, image_identifier=f"SACH.{number}", order=number, label_vi=f"Tờ {number}")
    return found


def manifest(expected: Any) -> tuple[str, Any]:
    return f"{ROOT}SACH/manifest", expected


def pages_of(one: DigitalObject) -> list[Any]:
    return list(one.canvases.order_by("order"))


def knows(description: Description) -> None:
    """What a higher app says of every object; the test takes it back."""
    descriptions.register("recipe", lambda objects: {one.pk: description for one in objects})


def painted(body: Any, **canvas: Any) -> dict[str, Any]:
    annotation = {"type": "Annotation", "motivation": "painting", "body": body, "target": Text("/canvas/SACH.")}
    return {"type": "Canvas", **canvas, "items": [{"type": "AnnotationPage", "items": [annotation]}]}


IMAGE = {"type": "Image", "format": "image/jpeg", "width": 1300, "height": 900}


@recipe("0001", "0005")
def image(_user: Any) -> tuple[str, Any]:
    book()
    service = [{"id": Text("/iiif/3/SACH.1"), "type": "ImageService3", "profile": "level2"}, {"@type": "ImageService2"}]
    return manifest({"type": "Manifest", "items": [painted({**IMAGE, "service": service}, width=1300, height=900)]})


@recipe("0004")
def larger_than_what_is_sent(_user: Any) -> tuple[str, Any]:
    """The canvas keeps the measures of the scan where the limits of the Image API make the picture smaller."""
    CanvasFactory(digital_object=book(0), image_identifier="SACH.1", width=20_000, height=13_000)
    return manifest({"items": [painted({"type": "Image", "width": 7442, "height": 4837}, width=20_000, height=13_000)]})


@recipe("0002")
def sound(_user: Any) -> tuple[str, Any]:
    CanvasFactory(digital_object=book(0), image_identifier="SACH.1", **SOUND)
    body = {"type": "Sound", "format": "audio/mpeg", "duration": 1985.5}
    return manifest({"items": [painted(body, duration=1985.5)]})


SOUND = {"pyramid": "", "width": None, "height": None, "duration": 1985.5, "media_type": "audio/mpeg"}
FILM = {"pyramid": "", "width": 640, "height": 360, "duration": 572.0, "media_type": "video/mp4"}


@recipe("0003")
def film(_user: Any) -> tuple[str, Any]:
    CanvasFactory(digital_object=book(0), image_identifier="SACH.1", **FILM)
    size = {"duration": 572.0, "width": 640, "height": 360}
    return manifest({"items": [painted({"type": "Video", "format": "video/mp4", **size}, **size)]})


@recipe("0006", "0029", "0118")
def words(_user: Any) -> tuple[str, Any]:
    book(attribution_vi="Bảo tàng tỉnh", attribution_en="Provincial museum")
    value = {"vi": "Chữ Hán", "en": "Classical Chinese"}
    knows(Description(metadata=(Pair({"vi": "Ngôn ngữ", "en": "Language"}, value),)))
    pair = {"label": {"vi": ["Ngôn ngữ"], "en": ["Language"]}, "value": {"vi": ["Chữ Hán"], "en": [value["en"]]}}
    statement = {"label": {"en": ["Attribution"]}, "value": {"vi": ["Bảo tàng tỉnh"], "en": ["Provincial museum"]}}
    return manifest(
        {"label": {"vi": ["Sách"], "en": ["Book"]}, "metadata": [pair, dict, dict], "requiredStatement": statement}
    )


@recipe("0008")
def rights(_user: Any) -> tuple[str, Any]:
    book(rights="http://creativecommons.org/licenses/by/4.0/")
    return manifest({"rights": "http://creativecommons.org/licenses/by/4.0/"})


@recipe("0009", "0011-paged")
def bound_book(_user: Any) -> tuple[str, Any]:
    book(5, behavior="paged")
    return manifest({"behavior": ["paged"], "items": [painted(IMAGE, label={"vi": [f"Tờ {n}"]}) for n in range(1, 6)]})


@recipe("0010-rtl")
def right_to_left(_user: Any) -> tuple[str, Any]:
    book(2, viewing_direction="right-to-left")
    return manifest({"viewingDirection": "right-to-left"})


@recipe("0010-ttb")
def top_to_bottom(_user: Any) -> tuple[str, Any]:
    book(2, viewing_direction="top-to-bottom")
    return manifest({"viewingDirection": "top-to-bottom"})


@recipe("0011-continuous")
def scroll(_user: Any) -> tuple[str, Any]:
    book(3, behavior="continuous")
    return manifest({"behavior": ["continuous"]})


@recipe("0011-individuals")
def sheets(_user: Any) -> tuple[str, Any]:
    book(3, behavior="individuals")
    return manifest({"behavior": ["individuals"]})


@recipe("0013", "0117", "0232")
def pictures(_user: Any) -> tuple[str, Any]:
    one = book(2)
    one.poster = pages_of(one)[1]
    one.save()
    small = {"type": "Image", "id": Text("/iiif/3/SACH.2/full/"), "width": 400, "height": 277, "service": list}
    canvas = {"type": "Canvas", "width": 800, "height": 554, "items": [{"items": [{"motivation": "painting"}]}]}
    return manifest({"thumbnail": [small], "placeholderCanvas": canvas, "items": [dict, {"thumbnail": [small]}]})


@recipe("0014")
def cover_of_a_recording(_user: Any) -> tuple[str, Any]:
    one = book()
    CanvasFactory(digital_object=one, image_identifier="SACH.2", order=2, **SOUND)
    one.poster = pages_of(one)[0]
    one.save()
    body = {"type": "Image", "id": Text("/iiif/3/SACH.1/full/"), "width": 800, "height": 554}
    cover = {
        "id": Text("/canvas/SACH.2/accompanying"),
        "type": "Canvas",
        "width": 800,
        "height": 554,
        "items": [{"type": "AnnotationPage", "items": [{"motivation": "painting", "body": body}]}],
    }
    return manifest({"items": [dict, {"duration": 1985.5, "accompanyingCanvas": cover}]})


@recipe("0015")
def begin_at_a_moment(_user: Any) -> tuple[str, Any]:
    one = book(0)
    one.start = CanvasFactory(digital_object=one, image_identifier="SACH.1", **SOUND)
    one.start_second = 120.5
    one.full_clean()
    one.save()
    moment = {"type": "SpecificResource", "source": Text("/canvas/SACH.1"), "selector": {"type": "PointSelector"}}
    return manifest({"start": moment | {"selector": {"type": "PointSelector", "t": 120.5}}})


@recipe("0035")
def fold_out(_user: Any) -> tuple[str, Any]:
    one = book(3, behavior="paged")
    one.canvases.filter(image_identifier="SACH.2").update(behavior="non-paged")
    return manifest({"behavior": ["paged"], "items": [dict, {"behavior": ["non-paged"]}, dict]})


@recipe("0202")
def start(_user: Any) -> tuple[str, Any]:
    one = book(3)
    one.start = pages_of(one)[1]
    one.save()
    return manifest({"start": {"id": Text("/canvas/SACH.2"), "type": "Canvas"}})


@recipe("0021", "0266", "0269")
def remarks(user: Any) -> tuple[str, Any]:
    page = pages_of(book())[0]
    for motivation, words, region in (("tagging", "Ấn triện", "10,20,30,40"), ("commenting", "Tờ đầu", "")):
        remark = structure.propose_remark(page, words, motivation=motivation, region=region)
        structure.review_remark(remark, Moderation.PUBLISHED, user)
    body = {"type": "TextualBody", "format": "text/plain", "language": "vi"}
    tag = {"motivation": "tagging", "body": {**body, "value": "Ấn triện"}, "target": Text("SACH.1#xywh=10,20,30,40")}
    comment = {"motivation": "commenting", "body": {**body, "value": "Tờ đầu"}, "target": Text("/canvas/SACH.1")}
    return manifest({"items": [{"annotations": [{"type": "AnnotationPage", "items": [tag, comment]}]}]})


@recipe("0135", "0261")
def marked_places(user: Any) -> tuple[str, Any]:
    page = pages_of(book())[0]
    for words, region in (("Chữ khắc lại", "120,80"), ("Dấu son", "10,10 200,20 150,300")):
        structure.review_remark(structure.propose_remark(page, words, region=region), Moderation.PUBLISHED, user)
    canvas = Text("/canvas/SACH.1")
    point = {"type": "PointSelector", "x": 120, "y": 80}
    shape = {"type": "SvgSelector", "value": Text("<path d='M10,10 L200,20 L150,300 Z'/>")}
    marks = [{"target": {"type": "SpecificResource", "source": canvas, "selector": one}} for one in (point, shape)]
    return manifest({"items": [{"annotations": [{"type": "AnnotationPage", "items": marks}]}]})


@recipe("0103")
def remark_on_a_moment(user: Any) -> tuple[str, Any]:
    page = CanvasFactory(digital_object=book(0), image_identifier="SACH.1", **SOUND)
    remark = structure.propose_remark(page, "Câu hát đầu", motivation="supplementing", region="t=3.5,12")
    structure.review_remark(remark, Moderation.PUBLISHED, user)
    mark = {"motivation": "supplementing", "target": Text("/canvas/SACH.1#t=3.5,12")}
    return manifest({"items": [{"annotations": [{"type": "AnnotationPage", "items": [mark]}]}]})


@recipe("0309")
def collected_remarks(user: Any) -> tuple[str, Any]:
    one = book(3)
    for page in pages_of(one)[::2]:
        structure.review_remark(structure.propose_remark(page, "Dấu son"), Moderation.PUBLISHED, user)
    whole = {"type": "AnnotationCollection", "id": Text("/SACH/annotations/remarks"), "label": dict}
    following = {"id": Text("/canvas/SACH.3/remarks"), "type": "AnnotationPage"}
    page = {"id": Text("/canvas/SACH.1/remarks"), "type": "AnnotationPage", "partOf": [whole], "next": following}
    return f"{ROOT}SACH/canvas/SACH.1/remarks", page


@recipe("0306")
def remarks_by_themselves(user: Any) -> tuple[str, Any]:
    page = pages_of(book())[0]
    for region in ("", "10,20,30,40"):
        structure.review_remark(structure.propose_remark(page, "Dấu son", region=region), Moderation.PUBLISHED, user)
    part_of = [{"id": Text("/SACH/manifest"), "type": "Manifest"}]
    canvas = {"id": Text("/canvas/SACH.1"), "type": "Canvas", "partOf": part_of}
    selector = {"type": "FragmentSelector", "value": "xywh=10,20,30,40"}
    place = {"type": "SpecificResource", "source": canvas, "selector": selector}
    return f"{ROOT}SACH/canvas/SACH.1/remarks", {"items": [{"target": canvas}, {"target": place}]}


@recipe("0031")
def volumes_bound_together(_user: Any) -> tuple[str, Any]:
    one = book(4, behavior="paged")
    volumes = "Quyển một | Volume one | 1-2\nQuyển hai | Volume two | 3-4"
    structure.set_contents(one, contents.parse(volumes, 4), pages_of(one))
    first = [{"id": Text("SACH.1"), "type": "Canvas"}, {"id": Text("SACH.2")}]
    second = [{"id": Text("SACH.3"), "type": "Canvas"}, {"id": Text("SACH.4")}]
    names = ("Volume one", "Volume two")
    ranges = [
        {"type": "Range", "label": {"en": [name]}, "items": items}
        for name, items in zip(names, (first, second), strict=True)
    ]
    return manifest({"structures": ranges})


@recipe("0024")
def contents_of_a_book(_user: Any) -> tuple[str, Any]:
    one = book(4)
    structure.set_contents(one, contents.parse("Quyển một | Volume one | 1-4\n- Tựa | Preface | 2-3", 4), pages_of(one))
    inner = {"type": "Range", "label": {"en": ["Preface"]}, "items": [{"type": "Canvas"}, {"type": "Canvas"}]}
    return manifest({"structures": [{"type": "Range", "items": [{"id": Text("SACH.1"), "type": "Canvas"}, inner]}]})


@recipe("0026")
def contents_of_an_opera(_user: Any) -> tuple[str, Any]:
    one = book(0)
    CanvasFactory(digital_object=one, image_identifier="SACH.1", **FILM)
    structure.set_contents(one, contents.parse("Hồi một | Act one | 1 t=0,302.05", 1), pages_of(one))
    item = {"id": Text("/canvas/SACH.1#t=0,302.05"), "type": "Canvas"}
    return manifest({"structures": [{"type": "Range", "label": {"en": ["Act one"]}, "items": [item]}]})


@recipe("0030", "0032")
def collection(_user: Any) -> tuple[str, Any]:
    one = book()
    kept = SavedSet.objects.create(name="bo-sach", label_vi="Bộ sách", is_public=True)
    SavedSetEntry.objects.create(saved_set=kept, digital_object=one)
    item = {"id": Text("/SACH/manifest"), "type": "Manifest", "label": {"vi": ["Sách"], "en": ["Book"]}}
    return f"{ROOT}collection/set-bo-sach", {"type": "Collection", "label": {"vi": ["Bộ sách"]}, "items": [item]}


@recipe("0046", "0068")
def text_of_a_page(_user: Any) -> tuple[str, Any]:
    one = book()
    text.set_text(pages_of(one)[0], [[Word("Chùa", (1, 2, 3, 4))]], language="vi", source="t")
    plain = {"type": "Text", "format": "text/plain", "label": {"en": ["Plain text"]}}
    alto = {"type": "Dataset", "format": "application/xml", "profile": "http://www.loc.gov/standards/alto/ns-v4#"}
    page = {"seeAlso": [alto], "annotations": [{"id": Text("/SACH.1/text"), "type": "AnnotationPage"}]}
    return manifest({"rendering": Has(plain), "items": [page]})


class Has(dict):
    """A list with one like this."""


@recipe("0047", "0053")
def links(_user: Any) -> tuple[str, Any]:
    book()
    home = Link("http://testserver/vi/di-san/X/", "text/html", {"vi": "Hồ sơ"}, language="vi")
    data = Link("http://testserver/id/X.xml", "text/xml", {"en": "Data"}, profile="http://www.loc.gov/mods/v3")
    knows(Description(homepages=(home,), see_also=(data,)))
    homepage = {"id": home.url, "type": "Text", "format": "text/html", "label": {"vi": ["Hồ sơ"]}, "language": ["vi"]}
    also = {"id": data.url, "type": "Dataset", "format": "text/xml", "profile": data.profile}
    return manifest({"homepage": [homepage], "seeAlso": [also]})


@recipe("0057")
def version_2_beside_it(_user: Any) -> tuple[str, Any]:
    book()
    context = "http://iiif.io/api/presentation/2/context.json"
    canvas = {"@id": Text("/iiif/presentation/3/SACH/canvas/SACH.1"), "@type": "sc:Canvas"}
    sequence = {"@type": "sc:Sequence", "canvases": [canvas]}
    return "/iiif/presentation/2/SACH/manifest", {
        "@context": context,
        "@type": "sc:Manifest",
        "sequences": [sequence],
    }


@recipe("0154", "0230", "0318")
def place_and_date(_user: Any) -> tuple[str, Any]:
    book(shown_date=dt.date(1902, 3, 4))
    knows(Description(name={"en": "Hang Pagoda"}, latitude=21.6, longitude=105.8))
    point = {"type": "Point", "coordinates": [105.8, 21.6]}
    feature = {"type": "Feature", "properties": {"label": {"en": ["Hang Pagoda"]}}, "geometry": point}
    place = {"type": "FeatureCollection", "features": [feature]}
    context = ["http://iiif.io/api/extension/navplace/context.json", "http://iiif.io/api/presentation/3/context.json"]
    return manifest({"@context": context, "navDate": "1902-03-04T00:00:00+00:00", "navPlace": place})


@recipe("0234")
def provider(_user: Any) -> tuple[str, Any]:
    book()
    homepage = {"type": "Text", "format": "text/html", "label": dict}
    agent = {"type": "Agent", "label": dict, "homepage": [homepage], "logo": [{"type": "Image", "format": "image/png"}]}
    return manifest({"provider": [agent]})


@recipe("0240")
def ground_of_a_map(_user: Any) -> tuple[str, Any]:
    one = book()
    points = "1|1|2|105.8|21.0\n1|50|2|105.9|21.0\n1|50|80|105.9|20.9"
    structure.set_control_points(one, georeference.parse(points, pages_of(one)), pages_of(one))
    ring = [[105.8, 20.9], [105.9, 20.9], [105.9, 21.0], [105.8, 21.0], [105.8, 20.9]]
    feature = {"properties": {"label": dict}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    place = {"type": "FeatureCollection", "features": [feature]}
    return manifest({"@context": [Text("navplace"), str], "items": [{"navPlace": place}]})


@recipe("georeference extension")
def old_map(_user: Any) -> tuple[str, Any]:
    one = book()
    points = "1|1|2|105.8|21.0\n1|50|2|105.9|21.0\n1|50|80|105.9|20.9"
    structure.set_control_points(one, georeference.parse(points, pages_of(one)), pages_of(one))
    feature = {"properties": {"resourceCoords": [1, 2]}, "geometry": {"type": "Point", "coordinates": [105.8, 21.0]}}
    body = {"type": "FeatureCollection", "features": [feature, dict, dict]}
    annotation = {"motivation": "georeferencing", "target": {"source": {"type": "ImageService3"}}, "body": body}
    return f"{ROOT}SACH/canvas/SACH.1/georeference", {"type": "AnnotationPage", "items": [annotation]}


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
