"""Situations of the IIIF Cookbook with scans of ours, and the part of the document that the recipe is about.

Each function makes the situation and returns the address to read and what must be found there: dictionaries may hold
more, lists are as long as here, `Text(part)` stands for a text with that part, and a type for anything of it.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from heritage.iiif import contents, descriptions, georeference, structure
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
