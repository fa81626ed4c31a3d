"""The register's figures: kept and counted anew they agree, and each person sees those of the own units."""

import datetime as dt
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from docx import Document
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from heritage.accounts.models import Role, UnitRole
from heritage.accounts.policies import forget_roles, policy_of
from heritage.catalog.models import Kind, Rank, Record, StatePeriod, TraitPeriod
from heritage.core import outbox
from heritage.reports import tallies
from heritage.reports.admin.dashboard import summary
from heritage.reports.figures import Figures
from heritage.reports.models import Tally
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.places import ProvinceFactory, UnitFactory


def kept():
    return {(row.unit_id, row.kind, row.dimension, row.value): row.number for row in Tally.objects.exclude(number=0)}


CHANGE = st.tuples(st.sampled_from(["kind", "live", "unit", "name_en", "share"]), st.integers(0, 3), st.integers(0, 2))


class KeptFiguresTest(TestCase):
    """Whatever is edited in whatever order, the kept figures are those of a full recount."""

    @settings(max_examples=6, deadline=None)
    @given(st.lists(CHANGE, max_size=6))
    def test_equal_a_full_recount(self, changes):
        units = [None, UnitFactory(), UnitFactory()]
        records = [RecordFactory(unit=units[n % 3]) for n in range(4)]
        outbox.drain_all()
        for what, which, value in changes:
            record = records[which]
            match what:
                case "kind":
                    record.kind = list(Kind)[value]
                case "live":
                    record.live = bool(value % 2)
                case "unit":
                    record.unit = units[value]
                case "name_en":
                    record.name_en = "A name" * value
                case "share":
                    record.shared_units.set([unit for unit in units[1:value] if unit])
            record.save()
            outbox.drain_all()
        tallies.take_up([outbox.ChangedObject("catalog.record", record.pk) for record in records])  # told twice
        before = kept()
        assert tallies.recount() == 0
        assert kept() == before


@pytest.fixture
def register(db):
    """Two communes of one province and one of another; one record stands in both provinces."""
    here, there = ProvinceFactory(), ProvinceFactory(code="46", name="Thành phố Huế")
    communes = [UnitFactory(province=here), UnitFactory(province=here), UnitFactory(province=there)]
    for unit, count in zip(communes, (3, 2, 4), strict=True):
        for record in RecordFactory.create_batch(count, unit=unit):
            DesignationFactory(record=record, decided_on=dt.date(1990 + count, 5, 1))
    shared = RecordFactory(unit=communes[2], kind=Kind.ICH)
    shared.shared_units.set([here])
    shared.save()
    outbox.drain_all()
    return here, there, communes


@pytest.mark.parametrize(("which", "total"), [("all", 10), ("here", 6), ("there", 5), ("commune", 3)])
def test_each_sees_the_figures_of_the_own_units(register, which, total):
    here, there, communes = register
    unit = {"all": None, "here": here, "there": there, "commune": communes[0]}[which]
    role = Role.ADMINISTRATOR if unit is None else Role.COMMUNE_EDITOR if which == "commune" else Role.DEPARTMENT_EDITOR
    figures = Figures(UserFactory(role=role, unit=unit))
    assert figures.total == total
    assert sum(figure.number for figure in figures.by_rank().figures) == total - (which != "commune")


def test_a_role_for_some_kinds_sees_the_figures_of_these(register, client):
    here, _there, communes = register
    jar = RecordFactory(unit=communes[0], kind=Kind.OBJECT)
    RecordFactory(unit=None, kind=Kind.OBJECT)
    outbox.drain_all()
    user = UserFactory(role=Role.DEPARTMENT_EDITOR, unit=here, kinds=[Kind.OBJECT, Kind.TREASURE])
    client.force_login(user)
    figures = Figures(user)
    assert [(one.label, one.number) for one in figures.by_kind().figures] == [(str(Kind.OBJECT.label), 2)]
    assert figures.total == 2
    for one in [each for table in figures.tables() for each in table.figures]:
        assert client.get(one.address).context["paginator"].count == one.number, one.address
    UnitRole.objects.create(user=user, role=Role.VIEWER, unit=communes[0])
    forget_roles(user)
    assert Figures(user).total == 5, "a second role, for all kinds, adds what it reaches"
    assert jar in policy_of(Record).instances_user_has_permission_for(user, "view")


def test_every_figure_leads_to_a_list_of_just_as_many(register, client):
    user = UserFactory(role=Role.DEPARTMENT_EDITOR, unit=register[0])
    client.force_login(user)
    figures = Figures(user)
    followed = 0
    counted = [figure for table in [*figures.tables(), *figures.on(dt.date(1993, 6, 1))] for figure in table.figures]
    assert all(figure.address for figure in counted)
    short = [(one["address"], one["number"]) for one in summary(figures)]
    for address, number in short:
        assert client.get(address).context["paginator"].count == number, address
    for figure in counted:
        answer = client.get(figure.address)
        wanted = parse_qs(urlsplit(figure.address).query)
        assert answer.context["paginator"].count == figure.number, (figure, wanted)
        followed += 1
    assert followed > 5


def test_ranks_of_another_day_come_from_the_dated_decisions(register):
    figures = Figures(UserFactory(role=Role.ADMINISTRATOR))
    by_rank, by_kind, by_unit = figures.ranked_on(dt.date(1993, 6, 1))
    assert sum(figure.number for figure in by_unit.figures) == 5
    assert [figure.number for figure in by_rank.figures] == [5]
    assert [(figure.label, figure.number) for figure in by_kind.figures] == [(str(Kind.MONUMENT.label), 5)]
    assert [table.figures for table in figures.on(dt.date(1980, 1, 1))] == [[]] * 7


def test_the_page_and_the_first_page_show_them_in_few_queries(register, client, django_assert_max_num_queries):
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=register[0]))
    client.get(reverse("register_figures"))
    with django_assert_max_num_queries(27):
        page = client.get(reverse("register_figures"), {"on": "1993-06-01"}).content.decode()
    assert "01/06/1993" in page
    assert reverse("register_figures") in client.get(reverse("wagtailadmin_home")).content.decode().split("<main")[1]


@pytest.mark.parametrize("day", ["1993-13-01", "hôm qua", "0001-01-01", "9" * 500])
def test_a_day_that_is_none_is_named(register, client, day):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    page = client.get(reverse("register_figures"), {"on": day})
    assert page.status_code == 200
    assert page.context["wrong_day"]


def test_the_yearly_report_lists_its_decisions(register, client):
    DesignationFactory(
        record=RecordFactory(unit=register[2][0], name_vi="Chùa Mẫu"),
        rank=Rank.SPECIAL_NATIONAL,
        decision_number="77/QĐ-MAU",
        decided_on=dt.date(2024, 3, 2),
    )
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=register[0]))
    answer = client.get(reverse("register_year"), {"year": "2024"})
    cells = {
        cell.text for table in Document(io.BytesIO(answer.content)).tables for row in table.rows for cell in row.cells
    }
    assert {"77/QĐ-MAU", "02/03/2024", "+1"} <= cells
    assert any("Chùa Mẫu" in cell for cell in cells)


def found_text(answer):
    return "\n".join(each.text for each in Document(io.BytesIO(answer.content)).paragraphs)


def tables_of(document):
    """By the line before it, the rows of each table."""
    found, line = {}, ""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            found[line] = [[cell.text for cell in row.cells] for row in block.rows]
        elif block.text:
            line = block.text
    return found


@pytest.mark.parametrize("is_past", [True, False])
def test_the_numbers_of_the_yearly_report_are_the_figures(register, client, is_past):
    """Its page on the state of the register, at the end of a past year and of this year today."""
    last = dt.date(timezone.localdate().year - 1, 12, 31) if is_past else None
    if is_past:
        Record.objects.update(created_at=dt.datetime(2020, 1, 1, 3, tzinfo=dt.UTC))
        StatePeriod.objects.all().delete()
        TraitPeriod.objects.all().delete()
        tallies.recount()
        StatePeriod.objects.update(since=dt.date(2020, 1, 1))
    user = UserFactory(role=Role.DEPARTMENT_EDITOR, unit=register[0])
    client.force_login(user)
    year = last.year if last else timezone.localdate().year
    with translation.override("vi"):
        figures = Figures(user)
        named = figures.stood_on(last) if last else [
            figures.by_kind(), figures.by_condition(), figures.by_lack(), figures.by_province(),
        ]  # fmt: skip
        wanted = {table.title: [[one.label, str(one.number)] for one in table.figures] for table in named}
        short = [str(one.number) for one in figures.short(last)]
    answer = client.get(reverse("register_year"), {"year": year}, headers={"accept-language": "vi"})
    found = tables_of(Document(io.BytesIO(answer.content)))
    for title, rows in wanted.items():
        assert (found[title][1:] if rows else title not in found) == (rows or True), title
    heading = next(line for line in found if line.startswith("3."))
    assert [row[1] for row in found[heading][1:]] == short
    assert short[0] == "6"
    assert found[heading][1][2] == "100 %"
    ranked = next(rows for line, rows in found.items() if line.startswith("1."))
    assert (ranked[0][3], {row[3] for row in ranked[1:]} & {"+0"}) == ("Tăng, giảm", set())
    assert f"Số liệu tính đến ngày {f'{last:%d}' if last else timezone.localdate().day}" in found_text(answer)


@pytest.mark.parametrize("year", ["", "24", "1944", "2999", "năm nay", "9" * 400])
def test_a_year_that_is_none_is_refused(register, client, year):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    answer = client.get(reverse("register_year"), {"year": year})
    assert (answer.status_code, "1945" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("name", ["register_figures", "register_year"])
def test_who_may_not_see_the_register_sees_no_figures(register, client, name):
    client.force_login(UserFactory(role=Role.LIBRARIAN))
    allowed = Figures(UserFactory(role=Role.LIBRARIAN)).total == 10
    assert client.get(reverse(name), {"year": "2024"}).status_code == (200 if allowed else 302)
    client.logout()
    assert client.get(reverse(name)).status_code == 302
