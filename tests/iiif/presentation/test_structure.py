"""What a manifest says beyond its scans: contents, start, remarks, georeference; valid by others' validators."""

import copy
import datetime as dt

import pytest
from lxml import etree

from heritage.iiif import contents, georeference, services, structure
from heritage.iiif.models import Moderation
from heritage.iiif.text import services as text
from heritage.iiif.text.reading import Word
from tests.factories.iiif import DigitalObjectFactory, image_file
from tests.iiif.presentation.validators import complaints

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
MANIFEST = "/iiif/presentation/3/SACH/manifest"
CONTENTS = """Lời tựa | Preface | 1
Quyển một | Volume one | 2-4
- Chương một | Chapter one | 2
-- Bài minh | Inscription | 2 xywh=10,20,30,40
- Chương hai | | 3
"""


@pytest.fixture
def book(db, tmp_path):
    obj = DigitalObjectFactory(identifier="SACH", label_vi="Sách", label_en="Book", behavior="paged")
    for number in range(1, 5):
        services.ingest(image_file(tmp_path, f"{number}.png", 60 + number, 90), obj)
    obj.refresh_from_db()
    return obj


def pages(book):
    return list(book.canvases.order_by("order"))


def test_contents_become_nested_ranges(client, book):
    structure.set_contents(book, contents.parse(CONTENTS, 4), pages(book))
    found = client.get(MANIFEST).json()["structures"]
    preface, volume = found
    assert preface["label"] == {"vi": ["Lời tựa"], "en": ["Preface"]}
    assert [item["id"][-6:] for item in preface["items"]] == ["SACH.1"]
    own, one, two = volume["items"]
    assert own["id"].endswith("SACH.2")
    assert one["type"] == two["type"] == "Range"
    inscription = one["items"][-1]
    assert inscription["items"][0]["id"].endswith("SACH.2#xywh=10,20,30,40")
    assert [item["id"][-6:] for item in two["items"]] == ["SACH.3", "SACH.4"]
    ids = [preface["id"], volume["id"], one["id"], inscription["id"], two["id"]]
    assert len(set(ids)) == 5
    assert client.get(ids[0].removeprefix(SITE)).status_code == 303


def test_a_page_that_moves_takes_its_entry_along(client, book):
    structure.set_contents(book, contents.parse("Bìa | Cover | 1-1", 4), pages(book))
    services.reorder(book, ["SACH.4", "SACH.1"])
    found = client.get(MANIFEST).json()["structures"]
    assert [item["id"][-6:] for item in found[0]["items"]] == ["SACH.1"]


def test_start_pictures_date_and_logo(client, book):
    book.start, book.poster = pages(book)[2], pages(book)[1]
    book.shown_date = dt.date(1902, 3, 4)
    book.save()
    found = client.get(MANIFEST).json()
    assert found["start"] == {"id": f"{SITE}/iiif/presentation/3/SACH/canvas/SACH.3", "type": "Canvas"}
    assert "SACH.2" in found["thumbnail"][0]["id"]
    assert found["placeholderCanvas"]["items"][0]["items"][0]["body"]["id"].startswith(f"{SITE}/iiif/3/SACH.2/")
    assert found["navDate"] == "1902-03-04T00:00:00+00:00"
    assert found["provider"][0]["logo"][0]["type"] == "Image"


def test_a_remark_is_seen_once_it_is_published_and_no_longer_once_it_is_refused(client, book, admin_user):
    remark = structure.propose_remark(pages(book)[0], "Dấu ấn của chùa", region="1,2,3,4", creator="Bạn đọc")
    assert "Dấu ấn" not in client.get(MANIFEST).content.decode()
    structure.review_remark(remark, Moderation.PUBLISHED, admin_user)
    page = client.get(MANIFEST).json()["items"][0]["annotations"][0]
    assert page["items"][0]["motivation"] == "commenting"
    assert page["items"][0]["target"].endswith("SACH.1#xywh=1,2,3,4")
    (alone,) = client.get(page["id"].removeprefix(SITE)).json()["items"]
    assert alone | {"target": page["items"][0]["target"]} == page["items"][0]  # only the target says more
    structure.review_remark(remark, Moderation.REFUSED, admin_user)
    assert "Dấu ấn" not in client.get(MANIFEST).content.decode()


@pytest.mark.parametrize("region", ["1,2,3", "0,0,0,5", "60,0,20,20", "-1,0,5,5"])
def test_a_region_off_the_page_is_refused(book, region):
    with pytest.raises(Exception, match="region"):
        structure.propose_remark(pages(book)[0], "x", region=region)


def test_a_map_lies_on_the_ground(client, book):
    points = georeference.parse("1|1|2|105.8|21.0\n1|50|2|105.9|21.0\n1|50|80|105.9|20.9", pages(book))
    structure.set_control_points(book, points, pages(book))
    (page,) = client.get(MANIFEST).json()["items"][0]["annotations"]
    (annotation,) = client.get(page["id"].removeprefix(SITE)).json()["items"]
    assert annotation["motivation"] == "georeferencing"
    assert annotation["target"]["source"]["id"] == f"{SITE}/iiif/3/SACH.1"
    first = annotation["body"]["features"][0]
    assert (first["properties"]["resourceCoords"], first["geometry"]["coordinates"]) == ([1, 2], [105.8, 21.0])


def test_text_is_there_as_alto(client, book):
    text.set_text(pages(book)[0], [[Word("Chùa", (1, 2, 3, 4)), Word("Hang", (5, 2, 6, 4))]], language="vi", source="t")
    (link,) = client.get(MANIFEST).json()["items"][0]["seeAlso"]
    root = etree.fromstring(client.get(link["id"].removeprefix(SITE)).content)
    words = root.findall(".//{*}String")
    assert [(w.get("CONTENT"), w.get("HPOS"), w.get("WIDTH")) for w in words] == [
        ("Chùa", "1", "3"),
        ("Hang", "5", "6"),
    ]


def test_a_manifest_with_everything_passes_the_validators(client, book, admin_user):
    structure.set_contents(book, contents.parse(CONTENTS, 4), pages(book))
    remark = structure.propose_remark(pages(book)[1], "Ghi chú", motivation="tagging")
    structure.review_remark(remark, Moderation.PUBLISHED, admin_user)
    text.set_text(pages(book)[0], [[Word("Chùa", (1, 2, 3, 4))]], language="vi", source="t")
    points = georeference.parse("1|1|2|105.8|21.0\n1|50|2|105.9|21.0\n1|50|80|105.9|20.9", pages(book))
    structure.set_control_points(book, points, pages(book))
    book.start = book.poster = pages(book)[1]
    book.rights = "http://creativecommons.org/licenses/by/4.0/"
    book.attribution_vi = "Bảo tàng"
    book.save()
    good = client.get(MANIFEST).json()
    shelf = client.get("/iiif/presentation/3/collection/all").json()
    top = client.get("/iiif/presentation/3/collection/top").json()
    assert complaints({"manifest": good, "shelf": shelf, "top": top}) == {}
    broken = copy.deepcopy(good)
    broken["items"][0]["height"] = "90"
    broken["label"] = "Sách"
    assert complaints({"broken": broken})


def test_the_contents_of_others_are_no_business_of_the_public(client, book):
    structure.set_contents(book, contents.parse(CONTENTS, 4), pages(book))
    services.set_access(book, "staff")
    for path in ("manifest", "canvas/SACH.1/remarks", "canvas/SACH.1/georeference", "canvas/SACH.1/alto.xml"):
        assert client.get(f"/iiif/presentation/3/SACH/{path}").status_code == 401
