"""Content states: every form leads to its place, and nothing hostile does worse than a clear refusal."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heritage.iiif import content_state
from heritage.iiif.content_state import Place, UnreadableError
from tests.factories.iiif import DigitalObjectFactory

BASE = "https://archive.example/iiif/presentation/3/TN01"
CANVAS = f"{BASE}/canvas/TN01.2"
REGION = Place("TN01", "TN01.2", (1, 2, 3, 4))
MANIFEST = {"id": f"{BASE}/manifest", "type": "Manifest"}
FORMS = {
    "manifest": (f"{BASE}/manifest", Place("TN01")),
    "canvas with a region": (f"{CANVAS}#xywh=1,2,3,4", REGION),
    "reference (recipe 0466)": (json.dumps(MANIFEST), Place("TN01")),
    "canvas (recipe 0485)": (
        json.dumps({"id": f"{CANVAS}#xywh=1,2,3,4", "type": "Canvas", "partOf": [MANIFEST]}),
        REGION,
    ),
    "annotation": (json.dumps({"type": "Annotation", "target": {"id": f"{CANVAS}#xywh=1,2,3,4"}}), REGION),
    "several canvases (recipe 0540)": (
        json.dumps({"type": "Annotation", "target": [{"id": CANVAS}, MANIFEST]}),
        Place("TN01", "TN01.2"),
    ),
    "selector": (
        json.dumps(
            {
                "type": "SpecificResource",
                "source": CANVAS,
                "selector": {"type": "FragmentSelector", "value": "xywh=1,2,3,4"},
            }
        ),
        REGION,
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_read_plain_and_encoded(name):
    text, place = FORMS[name]
    assert content_state.read(text) == place
    assert content_state.read(content_state.encode(text)) == place


@settings(max_examples=40)
@given(st.text())
def test_what_is_encoded_is_decoded(text):
    assert content_state.decode(content_state.encode(text)) == text


@settings(max_examples=50)
@given(
    st.text()
    | st.recursive(
        st.none() | st.text() | st.integers(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["type", "target", "id", "source"]), x),
    ).map(json.dumps)
)
def test_nothing_does_worse_than_a_refusal(text):
    for value in (text, content_state.encode(text)):
        try:
            content_state.read(value)
        except UnreadableError as refused:
            assert str(refused).startswith("iiif-content")  # noqa: PT017


@pytest.mark.django_db
def test_a_link_with_a_content_state_leads_to_the_page_of_its_object(client):
    DigitalObjectFactory(identifier="TN01")
    state = content_state.encode(FORMS["annotation"][0])
    answer = client.get(f"/en/scans/?iiif-content={state}")
    assert answer.status_code == 302
    assert answer["Location"] == f"/en/scans/TN01/?iiif-content={state}"
    assert client.get("/en/scans/?iiif-content=xx").status_code == 400
    assert client.get("/en/scans/").status_code == 400
    assert client.get(f"/en/scans/?iiif-content={BASE.replace('TN01', 'NONE')}/manifest").status_code == 404
