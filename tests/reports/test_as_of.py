"""The register as of any day: how records stood is kept, or read from revisions, and each figure leads to them."""

import datetime as dt
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from heritage.accounts.models import Role, UnitLogEntry
from heritage.catalog import services, shown, stood
from heritage.catalog.models import Authority, ConditionGrade, Kind, Record, Source, StatePeriod, Survey, TraitPeriod
from heritage.catalog.models.designation import STILL
from heritage.core import outbox
from heritage.iiif.models import DigitalObject
from heritage.reports import tallies, traits
from heritage.reports.figures import Figures
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.iiif import DigitalObjectFactory
from tests.factories.places import ProvinceFactory, UnitFactory

MAY, JUNE, JULY = dt.date(2025, 5, 10), dt.date(2025, 6, 10), dt.date(2025, 7, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Sets the day that the keeping of days takes for today."""

    def turn(day):
        def localdate(moment=None):
            return day if moment is None else timezone.localdate(moment)

        monkeypatch.setattr(stood, "timezone", SimpleNamespace(localdate=localdate))

    return turn


@pytest.fixture
def moved(clock):
    """A record entered in May without a summary; in June it moves, gets its summary and becomes another kind."""
    here = ProvinceFactory()
    first, second = UnitFactory(province=here), UnitFactory(province=here)
    record = RecordFactory(unit=first, summary_vi="")
    Record.objects.update(created_at=dt.datetime(2025, 5, 10, 3, tzinfo=dt.UTC))
    clock(MAY)
    outbox.drain_all()
    Survey.objects.create(record=record, visited_on=MAY, grade=ConditionGrade.values[0])
    clock(JUNE)
    record.unit, record.summary_vi, record.kind = second, "Có rồi.", Kind.COMPONENT
    record.save()
    outbox.drain_all()
    Survey.objects.create(record=record, visited_on=JUNE, grade=ConditionGrade.values[-1])
    return here, first, second


def short(figures, day):
    return [one.number for one in figures.short(day)]


def test_what_was_public_and_had_scans_is_that_of_the_day_and_leads_to_those_records(moved, clock, client):
    here, *_units = moved
    user, record = UserFactory(role=Role.DEPARTMENT_EDITOR, unit=here), Record.objects.get()
    clock(JUNE)
    services.attach_object(record, DigitalObjectFactory())
    services.publish(Record.objects.get())
    outbox.drain_all()
    clock(JULY)
    services.detach_object(record, record.digital_objects.get(), reason="Nhầm di tích")
    services.withdraw(Record.objects.get(), "Trùng")
    outbox.drain_all()
    figures, eve = Figures(user), JULY - dt.timedelta(1)
    client.force_login(user)
    wanted = {MAY: [1, 1, 0], JUNE: [1, 1, 1], eve: [1, 1, 1], JULY: [1, 0, 0], MAY - dt.timedelta(1): [0, 0, 0]}
    for day, numbers in wanted.items():
        assert short(figures, day)[:3] == numbers, day
        for one in figures.short(day):
            assert client.get(one.address).context["paginator"].count == one.number, one.address
    listing = figures.short(JULY)[0].address
    for name in ("live", "scans"):
        assert client.get(f"{listing}&{name}=false").context["paginator"].count == 1
    before = list(TraitPeriod.objects.order_by("pk").values())
    tallies.recount()
    assert list(TraitPeriod.objects.order_by("pk").values()) == before, "a recount changes nothing"
    page = reverse("register_figures")
    assert client.get(page, {"on": f"{JUNE:%Y-%m-%d}"}).context["kept_since"] is None
    said = client.get(page, {"on": "2025-05-01"}, headers={"accept-language": "vi"}).content.decode()
    assert "10/5/2025" in said, "the page says since when it is kept"


def test_publication_before_the_keeping_is_read_from_the_history(clock):
    """Published in May, taken off in June and public again in July; the keeping begins after that."""
    record = RecordFactory(unit=UnitFactory(), live=False)
    services.attach_object(record, DigitalObjectFactory())
    for day, act in ((MAY, services.publish), (JUNE, lambda one: one.unpublish()), (JULY, services.publish)):
        act(Record.objects.get(pk=record.pk))
        moment = dt.datetime.combine(day, dt.time(5), tzinfo=dt.UTC)
        UnitLogEntry.objects.filter(timestamp__gt=dt.datetime(2025, 12, 1, tzinfo=dt.UTC)).update(timestamp=moment)
    Record.objects.update(created_at=dt.datetime(2025, 5, 1, 3, tzinfo=dt.UTC))
    DigitalObject.objects.update(created_at=dt.datetime(2025, 6, 10, 3, tzinfo=dt.UTC))
    TraitPeriod.objects.all().delete()
    clock(JULY + dt.timedelta(9))
    tallies.recount()
    rows = TraitPeriod.objects.order_by("trait", "since").values_list("trait", "since", "until")
    assert list(rows) == [
        ("kept", JULY + dt.timedelta(9), STILL),
        ("public", MAY, JUNE),
        ("public", JULY, STILL),
        ("scans", JUNE, STILL),
    ]


@pytest.mark.parametrize(
    ("steps", "is_now", "spans"),
    [
        ([], False, []),
        ([], True, [(MAY, STILL)]),
        ([(JUNE, False)], False, [(MAY, JUNE)]),
        ([(JUNE, True)], False, [(JUNE, JULY)]),
        ([(JUNE, True), (JUNE, False)], False, []),
        ([(JUNE, True), (JUNE, True), (JULY, False)], False, [(JUNE, JULY)]),
    ],
)
def test_a_history_with_gaps_agrees_with_how_it_stands(steps, is_now, spans):
    assert shown.spans_of(steps, is_now, first=MAY, last=JULY) == spans


def told(figures, day):
    return {table.title.split(",")[0]: [(one.label, one.number) for one in table.figures] for table in figures.on(day)}


def test_each_day_shows_what_held_at_its_end_and_leads_to_those_records(moved, client):
    here, first, second = moved
    user = UserFactory(role=Role.DEPARTMENT_EDITOR, unit=here)
    client.force_login(user)
    figures, found = Figures(user), {}
    for day in (MAY - dt.timedelta(1), MAY, JUNE - dt.timedelta(1), JUNE, JULY):
        counted = [one for table in figures.on(day) for one in table.figures]
        found[day] = [one.label for one in counted]
        for one in counted:
            answer = client.get(one.address)
            assert answer.context["paginator"].count == one.number == 1, (
                day,
                one,
                parse_qs(urlsplit(one.address).query),
            )
    assert not found[MAY - dt.timedelta(1)]
    assert found[MAY] == found[JUNE - dt.timedelta(1)]
    assert found[JUNE] == found[JULY]
    assert {first.name, str(Kind.MONUMENT.label), str(ConditionGrade.choices[0][1]), "tóm tắt"} <= {*found[MAY]}
    assert {second.name, str(Kind.COMPONENT.label), str(ConditionGrade.choices[-1][1])} <= {*found[JUNE]}
    assert not {first.name, "tóm tắt"} & {*found[JUNE]}


def test_changes_of_one_day_leave_one_period_and_a_recount_changes_nothing(moved, clock):
    clock(JUNE)
    record = Record.objects.get()
    record.kind = Kind.ICH
    record.save()
    outbox.drain_all()
    before = list(StatePeriod.objects.order_by("since").values_list("since", "until", "kind"))
    assert [(since, kind) for since, _until, kind in before] == [(MAY, Kind.MONUMENT), (JUNE, Kind.ICH)]
    tallies.recount()
    assert list(StatePeriod.objects.order_by("since").values_list("since", "until", "kind")) == before


def test_days_before_the_keeping_are_read_from_revisions(clock):
    """Three versions of May, June and July, of which the last waits unpublished and so was never in the register."""
    clock(JULY)
    first, second = UnitFactory(), UnitFactory()
    record = RecordFactory(unit=first, summary_vi="")
    published = []
    for day, values in (
        (MAY, {}), (JUNE, {"unit": second, "summary_vi": "Có rồi."}), (JULY, {"name_en": "", "unit": first}),
    ):  # fmt: skip
        for name, value in values.items():
            setattr(record, name, value)
        published.append(record.save_revision())
        if day != JULY:
            published[-1].publish()
            record.refresh_from_db()
        moment = dt.datetime.combine(day, dt.time(5), tzinfo=dt.UTC)
        Revision.objects.filter(pk=published[-1].pk).update(created_at=moment)
    Record.objects.update(created_at=dt.datetime(2025, 5, 10, 3, tzinfo=dt.UTC))
    StatePeriod.objects.all().delete()
    tallies.recount()
    rows = StatePeriod.objects.order_by("since").values_list("since", "unit")
    assert list(rows) == [(MAY, first.pk), (JUNE, second.pk)]
    assert [";summary;" in row.lacks for row in StatePeriod.objects.order_by("since")] == [True, False]


@pytest.mark.parametrize("is_full", [True, False])
def test_a_revision_tells_the_same_lacks_as_the_register_counts(is_full):
    record = RecordFactory(
        unit=UnitFactory() if is_full else None, latitude=21.8 if is_full else None,
        longitude=105.5 if is_full else None, summary_vi="Có." if is_full else "",
        name_en="A name" if is_full else "",
    )  # fmt: skip
    office = Authority.objects.create(name_vi="Cơ quan mẫu", since=dt.date(1990, 1, 1))
    DesignationFactory(
        record=record, authority=office, decided_on=dt.date(1995 if is_full else 1980, 1, 1),
        decision_number="1/QĐ" if is_full else "",
    )  # fmt: skip
    if is_full:
        Source.objects.create(record=record, citation="Sách")
    record = Record.objects.get(pk=record.pk)
    content = Revision.objects.get(pk=record.save_revision().pk).content
    counted = next(iter(traits.of(Record.objects.filter(pk=record.pk)))).state
    assert stood._told(content, {office.pk: (office.since, None)}) == counted
    assert counted.lacks.count(";") == (2 if is_full else 9)
