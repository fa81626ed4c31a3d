"""The description is complete, is what was published, and every answer keeps to it."""

import json
import re

import jsonschema
import pytest

from heritage.core import outbox
from heritage.publishing.api import snapshot
from tests.factories.maps import PlaceFactory


@pytest.fixture
def served(client, db):
    return client.get("/api/v1/openapi.json").json()


def test_what_is_served_is_what_was_published(served):
    """A change here changes a contract: look at it, then run `manage.py api describe`."""
    assert snapshot.current() == snapshot.published()
    assert served["openapi"].startswith("3.1")
    assert served["paths"] == snapshot.published()["paths"]


def test_every_path_parameter_and_answer_is_described(served):
    for path, operations in served["paths"].items():
        operation = operations["get"]
        assert operation["summary"], path
        assert set(operations) == {"get"}
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                assert parameter["schema"].get("description") or parameter.get("description"), (path, parameter["name"])
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema["$ref"].startswith("#/components/schemas/")


def test_operation_ids_are_unique(served):
    names = [operation["operationId"] for path in served["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "records",
        "records/TN01",
        "places",
        "places/DD-000001",
        "units",
        "nearby?lat=21.6&lon=105.8",
        "clusters?bbox=105,21,106,22&zoom=9",
    ],
)
def test_answers_keep_to_their_schema(client, record, served, path):
    PlaceFactory(number="DD-000001", unit=record.unit)
    outbox.drain_all()
    body = client.get(f"/api/v1/{path}").json()
    name = re.sub(r"/(TN|DD).*", "/{number}", path.partition("?")[0])
    schema = served["paths"][f"/api/v1/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": served["components"]}).validate(body)
    assert body.get("results", True)
    assert body.get("features", True)


def test_the_snapshot_is_written_in_a_stable_order():
    assert snapshot.FILE.read_text(encoding="utf-8") == snapshot.as_text()
    assert json.loads(snapshot.as_text()) == snapshot.published()
