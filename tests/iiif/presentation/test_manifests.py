"""Manifests: whole, in both languages, valid by the standard's schema, kept, and true after every edit."""

import iiif_prezi3
import pytest

from heritage.iiif import descriptions, services
from heritage.iiif.descriptions import Description, Link, Pair
from heritage.iiif.models import KeptManifest, PageText
from heritage.iiif.presentation import collections
from tests.factories.iiif import DigitalObjectFactory, image_file

pytestmark = pytest.mark.django_db
ADDRESS = "/iiif/presentation/3/TN01/manifest"


@pytest.fixture
def described(monkeypatch):
    """A higher app that knows every object."""
    known = {
        "description": Description(
            name={"vi": "Chùa Hang", "en": "Hang Pagoda"},
            metadata=(Pair({"vi": "Loại", "en": "Type"}, {"vi": "Kiến trúc", "en": "Architecture"}),),
            homepages=(Link("http://testserver/vi/di-san/TN01/", "text/html", {"vi": "Hồ sơ"}, language="vi"),),
            see_also=(Link("http://testserver/id/TN01.json", "application/json", {"en": "Data"}),),
            latitude=21.6,
            longitude=105.8,
        )
    }
    monkeypatch.setattr(
        descriptions, "_describers", {"test": lambda objects: {o.pk: known["description"] for o in objects}}
    )
    return known


def test_a_manifest_says_all_that_is_known(client, scan, described):
    response = client.get(ADDRESS)
    found = response.json()
    iiif_prezi3.Manifest(**found)
    assert found["label"] == {"vi": ["Bia đá"], "en": ["Stone stele"]}
    assert found["metadata"][0]["value"] == {"vi": ["Kiến trúc"], "en": ["Architecture"]}
    assert found["homepage"][0]["language"] == ["vi"]
    assert found["seeAlso"][0]["format"] == "application/json"
    assert found["navPlace"]["features"][0]["geometry"]["coordinates"] == [105.8, 21.6]
    assert found["@context"][-1] == "http://iiif.io/api/presentation/3/context.json"
    canvas = found["items"][0]
    assert (canvas["width"], canvas["height"], canvas["label"]["en"]) == (1300, 900, ["Front"])
    body = canvas["items"][0]["items"][0]["body"]
    assert body["service"][0]["id"] == "http://testserver/iiif/3/TN01.1"
    assert response["Access-Control-Allow-Origin"] == "*"


def addresses_in(value):
    if isinstance(value, dict):
        for key in ("id", "@id"):
            if key in value:
                yield value[key]
        for inner in value.values():
            yield from addresses_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses_in(inner)


def test_every_address_of_ours_in_a_manifest_is_answered(client, scan):
    found = client.get(ADDRESS).json()
    own = {a.removeprefix("http://testserver") for a in addresses_in(found) if a.startswith("http://testserver/iiif/")}
    assert len(own) > 5
    for address in own:
        assert client.get(address).status_code in (200, 303), address


def test_a_manifest_is_kept_and_made_anew_after_an_edit(
    client, scan, described, tmp_path, django_assert_max_num_queries
):
    client.get(ADDRESS)
    with django_assert_max_num_queries(2):
        first = client.get(ADDRESS)
    assert client.get(ADDRESS, headers={"if-none-match": first["ETag"]}).status_code == 304
    services.ingest(image_file(tmp_path, "2.png", 100, 90), scan.digital_object)
    assert len(client.get(ADDRESS).json()["items"]) == 2
    described["description"] = Description(metadata=(Pair({"en": "Type"}, {"en": "Other"}),))
    assert client.get(ADDRESS).json()["metadata"][0]["value"] == {"en": ["Other"]}
    assert KeptManifest.objects.count() == 1


def test_a_thousand_canvases_are_made_by_as_many_queries_as_one_and_kept(client, scan, django_assert_max_num_queries):
    from heritage.iiif.models import Canvas

    values = {f: getattr(scan, f) for f in ("digital_object", "pyramid", "version", "width", "height", "state")}
    Canvas.objects.bulk_create([Canvas(image_identifier=f"TN01.{n}", order=n, **values) for n in range(2, 1001)])
    with django_assert_max_num_queries(24):
        assert len(client.get(ADDRESS).json()["items"]) == 1000
    with django_assert_max_num_queries(4):
        client.get(ADDRESS)


def test_text_brings_both_search_services(client, scan):
    PageText.objects.create(canvas=scan, text="chùa", folded="chua", words=[[0, 4, 1, 2, 3, 4]])
    services.touch(scan.digital_object)
    kinds = [s.get("type") or s["@type"] for s in client.get(ADDRESS).json()["service"]]
    assert kinds == ["SearchService2", "SearchService1"]


@pytest.mark.parametrize(("access", "status"), [("open", 200), ("staff", 401), ("closed", 404)])
def test_access(client, scan, access, status):
    client.get(ADDRESS)
    services.set_access(scan.digital_object, access)
    assert client.get(ADDRESS).status_code == status
    listed = client.get("/iiif/presentation/3/collection/all").json()["items"]
    assert bool(listed) == (access == "open")


def test_the_root_leads_to_every_open_object(client, scan):
    top = client.get("/iiif/presentation/3/collection/top").json()
    iiif_prezi3.Collection(**top)
    shelf = client.get(top["items"][0]["id"].removeprefix("http://testserver")).json()
    assert shelf["items"][0]["id"] == f"http://testserver{ADDRESS}"
    assert shelf["items"][0]["thumbnail"][0]["service"]


def test_a_long_shelf_is_paged(client, scan, tmp_path, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(collections, "PAGE", 2)
    file = image_file(tmp_path, "s.png", 50, 40)
    for _ in range(4):
        services.ingest(file, DigitalObjectFactory())
    pages = client.get("/iiif/presentation/3/collection/all").json()["items"]
    assert [page["type"] for page in pages] == ["Collection"] * 3
    seen = []
    for page in pages:
        with django_assert_max_num_queries(4):
            document = client.get(page["id"].removeprefix("http://testserver")).json()
        assert document["id"] == page["id"]
        seen += [item["id"] for item in document["items"]]
    assert len(seen) == len(set(seen)) == 5
    assert client.get("/iiif/presentation/3/collection/all?page=9").status_code == 404


@pytest.mark.parametrize("path", ["none/manifest", "collection/none", "..%2f/manifest"])
def test_unknown_names_are_not_found(client, db, path):
    assert client.get(f"/iiif/presentation/3/{path}").status_code == 404
