"""3D models: taken in whole or refused with a reason, painted on a canvas, served to those who may see the object."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heritage.iiif import formats, gltf, queries, services
from heritage.iiif.models import Access, Audience, Canvas, State
from heritage.iiif.services import RefusedError
from tests.factories.gltf import document, glb, glb_file
from tests.factories.iiif import DigitalObjectFactory, image_file
from tests.iiif.presentation.validators import complaints

pytestmark = pytest.mark.django_db
FILE = "/iiif/model/TUONG.1"
MANIFEST = "/iiif/presentation/3/TUONG/manifest"


@pytest.fixture
def statue(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    obj = DigitalObjectFactory(identifier="TUONG", label_vi="Tượng", label_en="Statue")
    return services.ingest(glb_file(tmp_path), obj, label_vi="Tượng đá", label_en="Stone statue").canvases[0]


def test_a_model_is_painted_on_a_canvas_of_its_own_and_can_be_taken_along(client, statue):
    found = client.get(MANIFEST).json()
    body = {"id": f"http://testserver{FILE}", "type": "Model", "format": "model/gltf-binary"}
    canvas = found["items"][0]
    assert canvas["items"][0]["items"][0]["body"] == body
    assert (canvas["width"], canvas["height"]) == (1000, 1000)
    assert found["rendering"] == [{**body, "label": {"vi": ["Tượng đá"], "en": ["Stone statue"]}}]
    assert complaints({"statue": found}) == {}
    assert statue.technical == {"meshes": 1, "triangles": 12, "beyond": []}


def test_the_file_is_sent_as_it_came_in_with_ranges(client, statue):
    whole = client.get(FILE)
    assert (whole["Content-Type"], b"".join(whole.streaming_content)) == ("model/gltf-binary", glb())
    assert whole["Access-Control-Allow-Origin"] == "*"
    part = client.get(FILE, headers={"range": "bytes=0-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"glTF")


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"access": Access.STAFF}, 401),
        ({"access": Access.CLOSED}, 404),
        ({"audience": Audience.REDUCED}, 401),
        ({"audience": Audience.STAFF}, 401),
    ],
)
def test_access_holds_for_the_file(client, statue, values, status):
    type(statue.digital_object).objects.update(**values)
    assert client.get(FILE).status_code == status
    assert "/iiif/model/" not in client.get("/vi/ban-so/TUONG/").content.decode()


def test_the_page_offers_to_turn_it_and_to_take_it_along(client, statue, tmp_path):
    services.ingest(image_file(tmp_path, "anh.png", 60, 40), statue.digital_object)
    page = client.get("/en/scans/TUONG/").content.decode()
    assert f'data-model="{FILE}"' in page
    assert "data-turn" in page
    assert 'download="tuong.glb"' in page
    (found,) = queries.for_viewer([statue.digital_object])
    assert [canvas.is_picture for canvas in found.ready_canvases] == [False, True]


def test_a_model_that_our_viewer_cannot_draw_is_said_to_be_one(client, tmp_path):
    data = glb(document(extensionsRequired=["KHR_draco_mesh_compression"]))
    services.ingest(glb_file(tmp_path, data=data), DigitalObjectFactory(identifier="TUONG"))
    page = client.get("/en/scans/TUONG/").content.decode()
    assert "The viewer here cannot draw this model." in page
    assert "data-turn" not in page


@pytest.mark.parametrize(
    "data",
    [
        glb()[:200],
        glb()[:10],
        glb() + b"more",
        glb(version=1),
        glb(b"{"),
        glb(b"[" * 5000),
        glb(b"[]"),
        glb(document(meshes=[])),
        glb(document(asset={"version": "1.0"})),
        glb(document(buffers=[{"byteLength": 168, "uri": "cube.bin"}])),
        glb(document(images=[{"uri": "https://example.org/a.png"}])),
        glb(document(buffers=[{"byteLength": 10**9}])),
        glb(document(accessors=[])),
        glb(document(meshes=[{"primitives": [{"attributes": {"POSITION": "x"}}]}])),
    ],
)
def test_what_is_broken_or_needs_other_files_is_refused_and_nothing_is_left(tmp_path, data):
    with pytest.raises(RefusedError) as refused:
        services.ingest(glb_file(tmp_path, data=data), DigitalObjectFactory())
    assert "tuong.glb" in str(refused.value)
    assert not Canvas.objects.exists()


@given(st.binary(max_size=80) | st.builds(lambda a, b: glb()[:a] + b, st.integers(0, 400), st.binary(max_size=40)))
def test_any_bytes_are_measured_or_refused(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("glb") / "x.glb"
    path.write_bytes(data)
    try:
        gltf.measure(path)
    except gltf.ModelError as refused:
        assert str(refused)  # noqa: PT017


def test_a_model_replaces_a_model(statue, tmp_path):
    other = glb_file(tmp_path, "b.glb", glb(document(asset={"version": "2.0", "generator": "x"})))
    services.ingest(other, statue.digital_object, replace=statue)
    statue.refresh_from_db()
    assert (statue.image_identifier, statue.original_name, statue.state) == ("TUONG.1", "b.glb", State.READY)


def test_a_model_as_text_is_refused_with_the_way_out(tmp_path):
    path = tmp_path / "bia.gltf"
    path.write_text('\n{"asset": {"version": "2.0"}, "buffers": [{"uri": "bia.bin", "byteLength": 4}]}')
    with pytest.raises(RefusedError, match=r"glTF Binary \(\.glb\)"):
        formats.inspect(path)
    path.write_text('{"name": "a JSON file of any other sort"}')
    with pytest.raises(RefusedError, match="MP4, hay mô hình 3D"):
        formats.inspect(path)
