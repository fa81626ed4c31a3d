"""Counts of visitors: written, taken in from a table, counted once a year, shown to staff within their units."""

import contextlib
import io

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from heritage.accounts.models import User
from heritage.accounts.reach import Reach
from heritage.accounts.roles import Role
from heritage.catalog.imports import UnreadableFileError
from heritage.maps import visits
from heritage.maps.models import VisitCount
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
NASTY = "=cmd </script><img src=x onerror=alert(1)> {{ 7*7 }}"


@pytest.fixture
def record():
    cache.clear()
    return RecordFactory(number="TN01", unit=UnitFactory(), latitude=21.6, longitude=105.8)


def sheet(folder, *rows, header="Số hiệu,Năm,Tháng,Lượt khách,Khách quốc tế,Cách đếm,Nguồn"):
    path = folder / "khach.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    return path


def test_a_table_comes_in_and_a_second_time_changes_nothing(tmp_path, record, capsys):
    path = sheet(tmp_path, "TN01,2024,,12.500,300,vé bán ra,Báo cáo 12", "TN01,2025,3,1 000,,,", "TN01,2025,4,500,,,")
    call_command("maps", "import_visits", str(path), "--source", "Sở mẫu")
    assert list(VisitCount.objects.order_by("year", "month").values_list("year", "month", "visitors", "basis",
                                                                         "source")) == [
        (2024, 0, 12500, "tickets", "Báo cáo 12"), (2025, 3, 1000, "estimate", "Sở mẫu"),
        (2025, 4, 500, "estimate", "Sở mẫu"),
    ]  # fmt: skip
    again = visits.load(path, "Sở mẫu", Reach())
    assert again.counts() == {"created": 0, "updated": 0, "unchanged": 3, "refused": 0}
    path = sheet(tmp_path, "TN01,2025,3,1.200,,,")
    assert visits.load(path, "Sở mẫu", Reach(), dry_run=True).updated == 1
    assert VisitCount.objects.get(month=3).visitors == 1000


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("XX99,2024,,1,,,", "number"),
        ("TN01,1800,,1,,,", "year"),
        ("TN01,2999,,1,,,", "year"),
        ("TN01,2024,13,1,,,", "month"),
        ("TN01,2024,,nhiều,,,", "visitors"),
        ("TN01,2024,,-5,,,", "visitors"),
        ("TN01,2024,,5,9,,", "foreign_visitors"),
        ("TN01,2024,,5,,đoán,", "basis"),
        ("TN01,2024,,5", ""),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_the_others_come_in(tmp_path, record, row, column):
    tally = visits.load(sheet(tmp_path, row, "TN01,2023,,7,,,"), "x", Reach())
    assert (tally.created, [one.column for one in tally.refusals]) == (1, [column])
    assert all(one.line == 2 and one.reason for one in tally.refusals)


@given(st.text(max_size=60))
def test_any_table_is_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("bang") / "a.csv"
    path.write_text(f"number,year,visitors\n{text}", encoding="utf-8", errors="replace")
    with contextlib.suppress(UnreadableFileError):
        assert visits.load(path, "x", Reach(), dry_run=True).created == 0


def test_the_whole_year_stands_before_its_months_and_staff_see_it_by_year(client, record):
    other = RecordFactory(unit=UnitFactory(province=ProvinceFactory(code="52")))
    for one, year, month, number in ((record, 2024, 0, 900), (record, 2024, 5, 100), (record, 2025, 1, 30),
                                     (record, 2025, 2, 40), (other, 2025, 0, 5)):  # fmt: skip
        VisitCount.objects.create(record=one, year=year, month=month, visitors=number, basis="counter", source="Sổ đếm")
    page, answer = "/vi/ban-do/so-lieu/?measure=visits&year=2025", "/vi/ban-do/so-lieu.json?measure=visits"
    assert client.get(page).status_code == 404
    client.force_login(UserFactory(role=Role.TOURISM_OFFICER, unit=record.unit))
    [area] = client.get(answer).json()["areas"]
    assert area["changes"] == [[2024, 900], [2025, -830], [2026, -70]]
    html = client.get(page).content.decode()
    assert ">70</td>" in html
    assert reverse("wagtailsnippets_maps_visitcount:list") in html
    listed = client.get(reverse("wagtailsnippets_maps_visitcount:list")).content.decode()
    assert "Sổ đếm" in listed
    edit = reverse("wagtailsnippets_maps_visitcount:edit", args=[VisitCount.objects.filter(record=record).first().pk])
    assert f'href="{edit}' in listed
    assert client.get(edit).status_code == 200
    assert other.number not in listed


def test_an_officer_writes_takes_in_and_takes_out_within_the_own_units(client, record):
    other = RecordFactory(number="BD02", unit=UnitFactory(province=ProvinceFactory(code="52")))
    client.force_login(UserFactory(role=Role.TOURISM_OFFICER, unit=record.unit))
    form = {"year": "2024", "month": "6", "visitors": "80", "basis": "tickets", "source": NASTY}
    add = reverse("wagtailsnippets_maps_visitcount:add")
    assert client.get(add).status_code == 200
    for target, count in ((other, 0), (record, 1)):
        client.post(add, {**form, "record": target.pk})
        assert VisitCount.objects.count() == count
    assert VisitCount.objects.get().noted_by
    assert client.post(add, {**form, "record": record.pk}).context["form"].errors  # that month is there already
    book = openpyxl.Workbook()
    for row in (["number", "year", "visitors"], ["TN01", 2023, 4000.0], ["BD02", 2023, 9]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    sent = {"file": SimpleUploadedFile("khach.xlsx", file.getvalue()), "source": "Sở mẫu", "action": "keep"}
    tally = client.post(reverse("visit_counts_import"), sent).context["tally"]
    assert (tally.created, [one.number for one in tally.refusals]) == (1, ["BD02"])
    out = client.get(reverse("wagtailsnippets_maps_visitcount:list"), {"export": "csv"})
    text = b"".join(out.streaming_content).decode()
    assert "TN01" in text
    assert "4000" in text
    assert "<img src=x" not in client.get(reverse("wagtailsnippets_maps_visitcount:list")).content.decode()


def test_others_write_none(client, record):
    client.force_login(User.objects.create_user("ai-do", password="mat-khau-dai"))
    assert client.get(reverse("visit_counts_import")).status_code in (302, 403)
