"""A harvester gets everything public once, hears of what was taken away, and is told what it asks wrongly."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.utils import timezone

from heritage.catalog import services
from heritage.catalog.models import Record
from heritage.core.models import Identifier
from heritage.publishing.oai import harvest
from tests.factories.catalog import RecordFactory

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture
def ask(client):
    def ask(verb, **params):
        answer = client.get("/oai", {"verb": verb, **params})
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/xml; charset=utf-8"
        return ET.fromstring(answer.content)

    return ask


def error(root):
    found = root.find(f"{OAI}error")
    return found.get("code") if found is not None else None


def headers(root):
    return [
        (header.find(f"{OAI}identifier").text.rpartition(":")[2], header.get("status", ""))
        for header in root.iter(f"{OAI}header")
    ]


def listed(ask, verb="ListIdentifiers", **params):
    found, root = [], ask(verb, metadataPrefix="oai_dc", **params)
    while True:
        found += headers(root)
        token = root.find(f".//{OAI}resumptionToken")
        if token is None or not token.text:
            return found
        root = ask(verb, resumptionToken=token.text)


def test_identify(ask, record):
    root = ask("Identify")
    texts = {element.tag.removeprefix(OAI): element.text for element in root.find(f"{OAI}Identify")}
    assert texts["baseURL"] == "http://testserver/oai"
    assert texts["deletedRecord"] == "persistent"
    assert texts["granularity"] == "YYYY-MM-DDThh:mm:ssZ"


def test_one_record_in_dublin_core(ask, record):
    root = ask("GetRecord", identifier="oai:testserver:TN01", metadataPrefix="oai_dc")
    titles = {title.get("{http://www.w3.org/XML/1998/namespace}lang"): title.text for title in root.iter(f"{DC}title")}
    assert titles == {"vi": "Chùa Mẫu", "en": "Sample Pagoda"}
    assert "http://testserver/id/TN01" in [one.text for one in root.iter(f"{DC}identifier")]
    assert "bí mật" not in ET.tostring(root, encoding="unicode")


def test_a_harvest_gets_everything_once(ask, monkeypatch, record):
    monkeypatch.setattr(harvest, "BATCH", 3)
    for n in range(8):
        RecordFactory(number=f"WA{n}")
    expected = sorted(["TN01", *(f"WA{n}" for n in range(8))])
    assert sorted(number for number, _status in listed(ask)) == expected
    assert sorted(number for number, _status in listed(ask, "ListRecords", set="records:monument")) == expected
    assert listed(ask, set="works") == []


def test_what_changes_during_a_harvest_is_not_lost(ask, monkeypatch, record):
    monkeypatch.setattr(harvest, "BATCH", 2)
    rows = [RecordFactory(number=f"WA{n}") for n in range(5)]
    root = ask("ListIdentifiers", metadataPrefix="oai_dc")
    rows[0].save()
    services.withdraw(rows[1], "Nhập trùng")
    RecordFactory(number="WA9")
    found = headers(root)
    while (token := root.find(f".//{OAI}resumptionToken")) is not None and token.text:
        root = ask("ListIdentifiers", resumptionToken=token.text)
        found += headers(root)
    assert len(found) == len(set(found)) == 7
    assert ("WA9", "") in found


def test_withdrawn_merged_and_unpublished_are_deleted_for_ever(ask, record, draft, withdrawn, merged):
    hidden = RecordFactory(number="TN09", first_published_at=timezone.now())
    services.unpublish(hidden)
    assert dict(listed(ask)) == {"TN01": "", "TN03": "deleted", "TN04": "deleted", "TN09": "deleted"}
    root = ask("GetRecord", identifier="oai:testserver:TN03", metadataPrefix="oai_dc")
    assert headers(root) == [("TN03", "deleted")]
    assert root.find(f".//{OAI}metadata") is None
    assert "Đã rút" not in ET.tostring(root, encoding="unicode")


def test_a_draft_is_as_unknown_as_nothing(ask, draft):
    for number in ("TN02", "ZZ99"):
        assert (
            error(ask("GetRecord", identifier=f"oai:testserver:{number}", metadataPrefix="oai_dc")) == "idDoesNotExist"
        )
    assert error(ask("ListIdentifiers", metadataPrefix="oai_dc")) == "noRecordsMatch"


def test_by_date(ask, record, withdrawn):
    old = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)
    Record.objects.update(modified_at=old)
    day = {"from": "2026-01-05", "until": "2026-01-05"}
    assert listed(ask, **day) == [("TN01", "")]  # the other was withdrawn after that
    assert listed(ask, **{"from": "2026-01-06"}) == [("TN03", "deleted")]
    assert Identifier.objects.get(number="TN03").changed_at > old
    assert listed(ask, until="2026-01-05T12:00:00Z", set="records") == [("TN01", "")]
    assert listed(ask, until="2026-01-05T11:59:59Z") == []


def test_withdrawing_and_unpublishing_change_the_date(ask, record):
    Record.objects.update(modified_at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC))
    record.refresh_from_db()
    services.unpublish(record)
    Record.objects.filter(pk=record.pk).update(first_published_at=timezone.now())
    today = timezone.now().astimezone(dt.UTC).strftime("%Y-%m-%d")
    assert listed(ask, **{"from": today}) == [("TN01", "deleted")]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Steal"}, "badVerb"),
        ({"verb": "Identify", "extra": "1"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "32/13/2020"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-30"}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-01", "until": "2026-01-01"},
            "badArgument",
        ),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-01", "until": "2026-03-01T00:00:00Z"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "x" * 10_000}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "castles"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "abc"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "abc", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "ListSets", "resumptionToken": "abc"}, "badResumptionToken"),
        ({"verb": "GetRecord", "identifier": "oai:elsewhere:TN01", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "x\x00"}, "idDoesNotExist"),
        ({"verb": ["Identify", "ListSets"]}, "badVerb"),
    ],
)
def test_errors_of_the_protocol(client, record, params, code):
    answer = client.get("/oai", params)
    assert answer.status_code == 200
    root = ET.fromstring(answer.content)
    assert error(root) == code
    if code in ("badVerb", "badArgument"):
        assert not root.find(f"{OAI}request").attrib


def test_post_means_the_same(client, record):
    answer = client.post("/oai", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"})
    assert headers(ET.fromstring(answer.content)) == [("TN01", "")]


def test_characters_that_xml_cannot_write_are_left_out(ask, record):
    Record.objects.update(name_vi="Chùa\x0b\x1fMẫu & <b>")
    root = ask("GetRecord", identifier="oai:testserver:TN01", metadataPrefix="oai_dc")
    assert next(root.iter(f"{DC}title")).text == "ChùaMẫu & <b>"


@pytest.mark.parametrize("count", [5, 50])
def test_a_batch_costs_the_same_queries_at_any_length(client, record, django_assert_max_num_queries, count):
    for n in range(count):
        RecordFactory(number=f"WA{n:03d}", unit=record.unit)
    with django_assert_max_num_queries(20):
        client.get("/oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"})
