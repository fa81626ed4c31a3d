"""Pains of other registers that no module shows by itself; the index of all is in this package's docstring."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog.imports import import_file
from heritage.catalog.imports.reading import COLUMNS
from heritage.catalog.models import ConditionGrade, Dossier, Record, Relation, Source, Survey
from tests.catalog.imports.conftest import ROW, register, units  # noqa: F401
from tests.catalog.moderation.conftest import address
from tests.factories.catalog import RecordFactory, ZoneFactory

pytestmark = pytest.mark.django_db


def queries(visit):
    """How many a second visit asks; the first fills what is kept for all."""
    visit()
    with CaptureQueriesContext(connection) as asked:
        visit()
    return len(asked)


def test_rights_hide_no_point_from_the_map(client, desk, record):
    """Pain 2 (arches#10677): with rights by record switched on the point vanished, even for administrators."""
    Record.objects.filter(pk=record.pk).update(latitude=21.7, longitude=105.6)
    for window in (client, desk(Role.ADMINISTRATOR).client, desk(Role.VIEWER).client):
        page = window.get(record.get_absolute_url()).content.decode()
        assert "21.7" in page
        assert "105.6" in page


def test_who_may_only_read_sees_all_but_the_exact_place(desk, record):
    """Pain 8 (arches#12718): a report dropped what its reader may read but not edit."""
    place = {"latitude": 21.71234, "longitude": 105.61234}
    Record.objects.filter(pk=record.pk).update(live=False, internal_note="Khoá ở nhà ông từ", **place)
    Source.objects.create(record=record, citation="Địa chí mẫu")
    ZoneFactory(record=record)
    read, worked = (
        desk(role).client.get(address("inspect", record)).content.decode() for role in (Role.VIEWER, Role.REVIEWER)
    )
    for page in (read, worked):
        assert "Địa chí mẫu" in page
        assert "Một dòng." in page
    for secret in ("21.71234", "Khoá ở nhà ông từ"):
        assert secret not in read
        assert secret in worked


def test_many_related_records_cost_a_report_no_more_than_few(client, desk, record):
    """Pain 6 (arches#11748, #7868): reports took minutes or timed out where a record had many related ones.

    The page of a record, the screen of who reads it and the figures ask the database as often for twelve as for two;
    a figure is a number with an address, and its records are fetched when that is opened.
    """
    office = desk(Role.DEPARTMENT_EDITOR).client
    pages = [
        lambda: client.get(record.get_absolute_url()),
        lambda: office.get(address("inspect", record)),
        lambda: office.get(reverse("register_figures"), {"on": "2026-01-01"}),
        lambda: office.get(reverse("register_year"), {"year": "2025"}),
    ]

    def relate(number):
        for other in RecordFactory.create_batch(number, unit=record.unit, part_of=record):
            Relation.objects.create(record=record, target=other)
            Source.objects.create(record=record, citation=f"Nguồn {other.number}")
            Survey.objects.create(record=other, visited_on="2025-03-01", grade=ConditionGrade.values[0])
            Dossier.objects.create(record=other, candidate_rank="national")

    relate(2)
    few = [queries(page) for page in pages]
    relate(10)
    many = [queries(page) for page in pages]
    assert all(after <= before for before, after in zip(few, many, strict=True)), (few, many)


def test_a_file_in_json_is_taken_in_bulk_like_any_other(units, register, tmp_path):  # noqa: F811
    """Pain 10 (arches#11404): of a file in JSON the bulk flag was ignored, 750 records took 100 s."""

    def rows(letter, number):
        return [
            {**dict.fromkeys(COLUMNS, ""), **ROW, "id": f"XX{letter}{place}", "name_vi": f"Đình {letter} {place}"}
            for place in range(number)
        ]

    def asked(path):
        with CaptureQueriesContext(connection) as found:
            report = import_file(path)
        assert report.refusals == []
        return report.created, len(found)

    table = register(*rows("A", 60))
    lines, short = tmp_path / "b.jsonl", tmp_path / "c.jsonl"
    lines.write_text("\n".join(json.dumps(row) for row in rows("B", 60)), "utf-8")
    short.write_text("\n".join(json.dumps(row) for row in rows("C", 10)), "utf-8")
    (made, of_table), (made_json, of_json), (_ten, of_ten) = map(asked, (table, lines, short))
    assert made == made_json == 60
    assert of_json <= of_table
    assert of_json <= of_ten + 2, "as many statements for sixty rows as for ten"
