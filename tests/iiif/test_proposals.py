"""Remarks that visitors propose: nothing is shown before staff publish it, and nothing hostile comes in."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from heritage.iiif import regions, structure
from heritage.iiif.models import Access, Annotation, Audience, Moderation
from heritage.iiif.views import proposals
from tests.factories.iiif import CanvasFactory, DigitalObjectFactory

pytestmark = pytest.mark.django_db
FORM = "/vi/ban-so/TN01/ghi-chu/"
PAGE = "/vi/ban-so/TN01/"


@pytest.fixture
def page(db):
    obj = DigitalObjectFactory(identifier="TN01")
    return [CanvasFactory(digital_object=obj, image_identifier=f"TN01.{n}", order=n) for n in (1, 2)][1]


def sent(client, **changes):
    values = {"page": 2, "region": "10,20,30,40", "motivation": "supplementing", "text": "Chữ thứ ba là 龍"}
    return client.post(FORM, values | {"language": "vi", "creator": "Lan", "website": ""} | changes)


def test_a_proposal_is_seen_by_nobody_until_staff_publish_it_and_then_stands_on_the_page_and_in_the_manifest(
    client, page
):
    form = client.get(FORM, {"image": "TN01.2", "region": "10,20,30,40"})
    assert (form.context["form"]["page"].value(), form.context["form"]["region"].value()) == (2, "10,20,30,40")
    assert "/iiif/3/TN01.2/10,20,30,40/!700,400/0/default.jpg" in form.content.decode()
    assert sent(client)["Location"] == f"{PAGE}?proposed=1#remarks"
    remark = Annotation.objects.get()
    assert (remark.canvas, remark.state, remark.written_by) == (page, Moderation.WAITING, None)
    manifest = "/iiif/presentation/3/TN01/manifest"
    assert "龍" not in client.get(manifest).content.decode() + client.get(PAGE).content.decode()
    structure.review_remark(remark, Moderation.PUBLISHED, get_user_model().objects.create_user("staff"))
    assert "龍" in client.get(PAGE).content.decode()
    assert 'href="#TN01.2/10,20,30,40"' in client.get(PAGE).content.decode()
    (annotation,) = client.get(manifest).json()["items"][1]["annotations"][0]["items"]
    assert (annotation["motivation"], annotation["target"].partition("#")[2]) == ("supplementing", "xywh=10,20,30,40")
    assert annotation["creator"] == {"type": "Person", "name": "Lan"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"page": "3"}, "page"),
        ({"page": "0"}, "page"),
        ({"page": "1e9"}, "page"),
        ({"region": "10,20,30"}, "region"),
        ({"region": "1290,0,20,20"}, "region"),
        ({"region": "10,20,30,40\n"}, None),
        ({"region": "١٠,٢٠,٣٠,٤٠"}, "region"),
        ({"text": ""}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"text": "chữ \x00 ẩn"}, "text"),
        ({"text": "đảo \u202egnôhk"}, "text"),
        ({"creator": "Lan\x07"}, "creator"),
        ({"motivation": "painting"}, "motivation"),
        ({"language": "xx"}, "language"),
        ({"website": "http://spam.example"}, "website"),
    ],
)
def test_what_is_malformed_is_refused_at_its_field_and_nothing_typed_is_lost(client, page, changes, field):
    response = sent(client, **changes)
    if field is None:  # a form strips what surrounds a value
        assert response.status_code == 302
        return
    assert list(response.context["form"].errors) == [field]
    assert not Annotation.objects.exists()
    if field != "creator":
        assert response.context["form"]["creator"].value() == "Lan"


def test_markup_is_text_everywhere(client, page):
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    sent(client, text=script, creator="<b>Lan</b>")
    structure.review_remark(Annotation.objects.get(), Moderation.PUBLISHED, None)
    shown = client.get(PAGE).content.decode()
    assert "<script>alert" not in shown
    assert "<b>Lan" not in shown
    body = client.get("/iiif/presentation/3/TN01/manifest").json()["items"][1]["annotations"][0]["items"][0]["body"]
    assert (body["value"], body["format"]) == (script, "text/plain")


def test_many_from_one_address_are_asked_to_wait(client, page, monkeypatch):
    cache.clear()
    monkeypatch.setattr(proposals, "PER_HOUR", 2)
    assert [sent(client).status_code for _n in range(4)] == [302, 302, 200, 200]
    assert Annotation.objects.count() == 2


@pytest.mark.parametrize(("access", "status"), [(Access.STAFF, 403), (Access.CLOSED, 404)])
def test_only_of_what_one_may_see(client, page, access, status):
    page.digital_object.access = access
    page.digital_object.save()
    assert (client.get(FORM).status_code, sent(client).status_code) == (status, status)
    assert not Annotation.objects.exists()


def test_a_picture_that_the_visitor_may_not_see_is_not_shown_beside_the_form(client, page):
    page.digital_object.audience = Audience.REDUCED
    page.digital_object.save()
    response = client.get(FORM, {"image": "TN01.2"})
    assert (response.status_code, response.context["preview"]) == (200, "")


def test_forms_of_other_sites_are_refused(page):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(FORM, {"text": "x"}).status_code == 403


def test_all_remarks_of_an_object_are_one_collection_whose_pages_lead_on(client, page):
    whole = "/iiif/presentation/3/TN01/annotations/remarks"
    assert client.get(whole).json()["total"] == 0
    for canvas in page.digital_object.canvases.all():
        structure.review_remark(structure.propose_remark(canvas, "Dấu son"), Moderation.PUBLISHED, None)
    found = client.get(whole).json()
    assert (found["id"], found["type"], found["total"]) == (f"http://testserver{whole}", "AnnotationCollection", 2)
    first = client.get(found["first"]["id"].removeprefix("http://testserver")).json()
    assert first["partOf"][0]["id"] == found["id"]
    assert (first["next"], "prev" in first) == (found["last"], False)
    last = client.get(first["next"]["id"].removeprefix("http://testserver")).json()
    assert (last["prev"]["id"], "next" in last) == (first["id"], False)


def test_a_remark_on_a_recording_names_a_span_of_it(db):
    song = CanvasFactory(pyramid="", width=None, height=None, duration=20, media_type="audio/mpeg")
    assert structure.propose_remark(song, "Câu đầu", region="t=1.5,20").region == "t=1.5,20"
    for wrong in ("t=5,5", "t=1,21", "1,2,3,4", "5,6"):
        with pytest.raises(ValidationError) as refused:
            structure.propose_remark(song, "Câu đầu", region=wrong)
        assert list(refused.value.message_dict) == ["region"]


def test_points_and_shapes_become_selectors():
    canvas = "http://testserver/canvas"
    point = regions.target(canvas, "5,6")
    assert point["selector"] == {"type": "PointSelector", "x": 5, "y": 6}
    shape = regions.target(canvas, "0,0 10,0 10,10")
    assert (shape["source"], shape["selector"]["type"]) == (canvas, "SvgSelector")
    assert "M0,0 L10,0 L10,10 Z" in shape["selector"]["value"]
    assert (regions.box("0,0 10,0 10,10"), regions.box("5,6"), regions.box("")) == ("0,0,10,10", "5,6,1,1", "")


@given(st.text(alphabet="0123456789, t=.", max_size=60) | st.text(max_size=20))
def test_any_text_is_a_region_on_the_page_or_refused(text):
    try:
        regions.validate(text)
        regions.check(text, 1300, 900, 60)
    except ValidationError:
        return
    if text.startswith("t="):
        assert regions.box(text) == ""
        return
    left, top, width, height = map(int, regions.box(text).split(","))
    assert left + width <= 1301
    assert top + height <= 901
    json.dumps(regions.target("c", text))
