"""Manifests of version 2.1, read by the strict reader that the community's own validator uses."""

import pytest
from iiif_prezi import loader

from heritage.iiif import contents, services, structure
from heritage.iiif.models import PageText
from tests.factories.iiif import DigitalObjectFactory, image_file

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


@pytest.fixture
def book(tmp_path):
    obj = DigitalObjectFactory(
        identifier="SACH", behavior="paged", rights="http://creativecommons.org/licenses/by/4.0/", attribution_vi="Kho"
    )
    for number in (1, 2):
        scan = services.ingest(image_file(tmp_path, f"{number}.png", 60 + number, 90), obj).canvases[0]
    PageText.objects.create(canvas=scan, text="chùa", folded="chua", words=[[0, 4, 1, 2, 3, 4]], language="vi")
    obj.start = scan
    obj.save()
    text = "Bìa | Cover | 1\nQuyển | Volume | 1-2\n- Chương | Chapter | 2"
    structure.set_contents(obj, contents.parse(text, 2), list(obj.canvases.order_by("order")))
    return obj


def test_the_strict_reader_of_version_2_has_nothing_to_complain(client, book, monkeypatch):
    monkeypatch.setattr(loader, "jsonld", None)  # its own JSON-LD step asks the network for contexts
    answer = client.get("/iiif/presentation/2/SACH/manifest")
    reader = loader.ManifestReader(answer.content, version="2.1")
    reader.read()
    warnings = [one for one in reader.get_warnings() if "'rendering'" not in one]  # of 2.1, section 3.5
    assert warnings == []
    found = answer.json()
    assert found["viewingHint"] == "paged"
    assert found["sequences"][0]["startCanvas"].endswith("SACH.2")
    assert [one["label"] for one in found["structures"]][-1] == [
        {"@value": "Chương", "@language": "vi"},
        {"@value": "Chapter", "@language": "en"},
    ]
    assert found["structures"][1]["ranges"] == [found["structures"][2]["@id"]]


def test_every_address_in_it_is_answered(client, book):
    found = client.get("/iiif/presentation/2/SACH/manifest").json()
    canvas = found["sequences"][0]["canvases"][1]
    resource = canvas["images"][0]["resource"]
    for address in (resource["@id"], canvas["thumbnail"]["@id"], f"{resource['service']['@id']}/info.json"):
        assert client.get(address.removeprefix(SITE)).status_code == 200, address
    lines = client.get(canvas["otherContent"][0]["@id"].removeprefix(SITE)).json()
    assert lines["resources"][0]["resource"]["chars"] == "chùa"
    assert lines["resources"][0]["on"].startswith(canvas["@id"])


@pytest.mark.parametrize(("access", "status"), [("staff", 401), ("closed", 404)])
def test_it_is_closed_with_its_object(client, book, access, status):
    services.set_access(book, access)
    for path in ("manifest", "list/SACH.2"):
        assert client.get(f"/iiif/presentation/2/SACH/{path}").status_code == status
