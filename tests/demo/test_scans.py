"""Every published demo scan, its image services and every collection pass the validators of others."""

import pytest

from heritage.demo.loaders import iiif as loader
from heritage.iiif import queries
from heritage.iiif.models import SavedSet, SavedSetEntry
from tests.factories.places import UnitFactory
from tests.iiif.presentation.validators import complaints

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROOT = "/iiif/presentation/3/"


@pytest.fixture
def demo(settings, tmp_path):
    """The demo's scans without its records, some in a unit and in a saved set."""
    for name in ("originals", "pyramids", "cache"):
        setattr(settings, f"IIIF_{name.upper()}_DIR", tmp_path / name)
    loader.load(lambda _line: None)
    objects = list(queries.open_objects())
    objects[0].unit = UnitFactory()
    objects[0].save()
    kept = SavedSet.objects.create(name="mau", label_vi="Bộ mẫu", label_en="Samples", is_public=True)
    SavedSetEntry.objects.create(saved_set=kept, digital_object=objects[0])
    return objects


def reached(client, address):
    """The collection at `address` and all below it, by address."""
    found = {address: client.get(address).json()}
    for item in found[address]["items"]:
        if item["type"] == "Collection":
            found |= reached(client, item["id"].removeprefix("http://testserver"))
    return found


def test_all_that_is_published_passes(client, demo):
    collections = reached(client, f"{ROOT}collection/top")
    assert {one.rpartition("/")[2].partition("-")[0] for one in collections} >= {"all", "units", "unit", "sets", "set"}
    manifests = {one.identifier: client.get(f"{ROOT}{one.identifier}/manifest").json() for one in demo}
    listed = {item["id"] for one in collections.values() for item in one["items"] if item["type"] == "Manifest"}
    assert listed == {one["id"] for one in manifests.values()}
    together = {"set": client.get(f"{ROOT}set/mau/manifest").json()}
    assert complaints(collections | manifests | together) == {}
    for one in manifests.values():
        for canvas in one["items"]:
            (assert_spoken if "duration" in canvas else assert_service)(client, canvas)


def assert_spoken(client, canvas):
    """A recording has captions in Vietnamese and English, and each is there to be read."""
    (annotation,) = canvas["annotations"][0]["items"]
    bodies = annotation["body"]["items"]
    assert [one["language"] for one in bodies] == ["vi", "en"]
    for address in (*(one["id"] for one in bodies), *(one["id"] for one in canvas["rendering"])):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def assert_service(client, canvas):
    """What info.json must say (Image API 3.0, section 5.2), and that it is the canvas's."""
    (body,) = [one["body"] for one in canvas["items"][0]["items"]]
    info = client.get(f"{body['service'][0]['id']}/info.json".removeprefix("http://testserver")).json()
    assert info["@context"] == "http://iiif.io/api/image/3/context.json"
    assert (info["id"], info["type"], info["profile"]) == (body["service"][0]["id"], "ImageService3", "level2")
    assert info["protocol"] == "http://iiif.io/api/image"
    assert (info["width"], info["height"]) == (canvas["width"], canvas["height"])
