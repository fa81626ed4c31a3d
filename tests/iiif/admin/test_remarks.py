"""Remarks on scans: staff of the scan's unit write, publish and refuse them; nobody else's scan can be named."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.iiif import services, structure
from heritage.iiif.models import Annotation, Moderation
from tests.factories.accounts import UserFactory
from tests.factories.iiif import DigitalObjectFactory, image_file
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db
NAME = "wagtailsnippets_iiif_annotation"


@pytest.fixture
def scan(tmp_path):
    obj = DigitalObjectFactory(identifier="TN01", unit=UnitFactory())
    return services.ingest(image_file(tmp_path, "1.png", 90, 60), obj).canvases[0]


@pytest.fixture
def editor(client, scan):
    user = UserFactory(role=Role.MUSEUM_EDITOR, unit=scan.digital_object.unit)
    client.force_login(user)
    return client


def values(**changes):
    basic = {"canvas": "TN01.1", "region": "", "motivation": "commenting", "language": "vi", "creator": ""}
    basic |= {"format": "text/plain", "other_text": "", "other_language": "", "latitude": "", "longitude": ""}
    return {**basic, "text": "Chữ khắc đã mờ", "state": "published", **changes}


def test_a_remark_is_written_published_and_taken_back(editor, scan):
    response = editor.post(reverse(f"{NAME}:add"), values(region="1,2,30,40"))
    assert response.status_code == 302, response.context["form"].errors
    remark = Annotation.objects.get()
    assert remark.written_by == remark.reviewed_by is not None
    manifest = "/iiif/presentation/3/TN01/manifest"
    assert "Chữ khắc đã mờ" in editor.get(manifest).content.decode()
    editor.post(reverse(f"{NAME}:edit", args=[remark.pk]), values(state="refused"))
    assert "Chữ khắc đã mờ" not in editor.get(manifest).content.decode()
    assert "TN01.1" in editor.get(reverse(f"{NAME}:list")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"canvas": "TN09.1"},
        {"region": "80,0,30,30"},
        {"region": "a"},
        {"text": ""},
        {"text": "<p>a<script>b</script></p>", "format": "text/html"},
        {"text": '<p onclick="b()">a</p>', "format": "text/html"},
        {"text": '<p><a href="javascript:b()">a</a></p>', "format": "text/html"},
        {"text": "<p>a", "format": "text/html", "other_text": ""},
        {"text": "<p>a<br></p>", "format": "text/html"},
        {"text": '<!DOCTYPE p [<!ENTITY a "b">]><p>&a;</p>', "format": "text/html"},
        {"other_language": "vi", "other_text": "x"},
        {"other_language": "", "other_text": "x"},
        {"latitude": "91", "longitude": "1"},
        {"longitude": "1", "latitude": "x"},
    ],
)
def test_what_is_wrong_is_said_beside_the_field(editor, scan, wrong):
    response = editor.post(reverse(f"{NAME}:add"), values(**wrong))
    assert response.status_code == 200
    assert set(wrong) & set(response.context["form"].errors)
    assert not Annotation.objects.exists()


def test_links_are_shown_as_such_and_markup_of_a_plain_text_is_text(editor, scan):
    link = '<p>Xem <a href="https://example.org/">chợ</a></p>'
    for form, other in (("text/html", "<p>Market</p>"), ("text/plain", "Market")):
        given = values(text=link, format=form, other_text=other, other_language="en", latitude="21.6", longitude="9")
        assert editor.post(reverse(f"{NAME}:add"), given).status_code == 302
    page = editor.get("/en/scans/TN01/").content.decode()
    assert page.count(link) == 1
    assert page.count('lang="vi">&lt;p&gt;Xem') == 1
    assert page.count('lang="en">Market</div>') == page.count('lang="en"><p>Market</p></div>') == 1
    assert "21.60000, 9.00000" in page


def test_staff_of_another_unit_neither_write_nor_see_any(client, scan):
    remark = structure.propose_remark(scan, "Một ghi chú")
    client.force_login(UserFactory(role=Role.MUSEUM_EDITOR, unit=UnitFactory()))
    assert client.post(reverse(f"{NAME}:add"), values()).context["form"].errors
    assert client.get(reverse(f"{NAME}:edit", args=[remark.pk])).status_code in (302, 403, 404)
    assert "Một ghi chú" not in client.get(reverse(f"{NAME}:list")).content.decode()
    assert Annotation.objects.get().state == Moderation.WAITING
