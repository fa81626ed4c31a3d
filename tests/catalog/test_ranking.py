"""The rank on any day follows from the acts, in whatever order staff typed them."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from heritage.catalog import ranking
from heritage.catalog.models import Act, Authority, Designation, Rank, RankPeriod, Record
from heritage.catalog.queries import published, ranked, register_as_of, with_rank_on
from tests.factories.catalog import DesignationFactory, RecordFactory

ACTS = [
    (Act.RANK, Rank.PROVINCIAL, "1994-05-02", ""),
    (Act.ADD_PARTS, "", "2009-08-11", "23 điểm"),
    (Act.UPGRADE, Rank.NATIONAL, "2012-06-06", ""),
    (Act.CANCEL, "", "2015-03-20", "1 điểm"),
    (Act.CANCEL, "", "2020-01-01", ""),
]
RANK_ON = [
    ("1994-05-01", ""),
    ("1994-05-02", Rank.PROVINCIAL),
    ("2010-01-01", Rank.PROVINCIAL),
    ("2012-06-06", Rank.NATIONAL),
    ("2015-03-20", Rank.NATIONAL),
    ("2020-01-01", ""),
]


def rank_of(record, day):
    return with_rank_on(Record.objects.all(), dt.date.fromisoformat(day)).get(pk=record.pk).rank


class AnyOrder(TestCase):
    @settings(max_examples=20)  # of 120; that periods depend on no order is shown without a database below
    @given(st.permutations(ACTS))
    def test_rank_does_not_depend_on_typing_order(self, acts):
        record = RecordFactory()
        for act, rank, day, parts in acts:
            DesignationFactory(record=record, act=act, rank=rank, decided_on=dt.date.fromisoformat(day), parts_vi=parts)
        for day, rank in RANK_ON:
            assert rank_of(record, day) == rank


@st.composite
def events(draw):
    act = draw(st.sampled_from([Act.RANK, Act.UPGRADE, Act.CANCEL, Act.ADD_PARTS]))
    rank = draw(st.sampled_from(list(Rank))) if act in (Act.RANK, Act.UPGRADE) else ""
    day = draw(st.dates(dt.date(1990, 1, 1), dt.date(1990, 3, 1)) | st.just(ranking.UNKNOWN_DAY))
    return ranking.Event(draw(st.integers(1, 10**6)), act, rank, day, concerns_parts=draw(st.booleans()))


@given(st.lists(events(), unique_by=lambda event: event.key), st.randoms())
def test_periods_never_overlap_and_do_not_depend_on_order(acts, random):
    found = ranking.periods(acts)
    assert all(one.since < one.until for one in found)
    assert all(a.until <= b.since for a, b in itertools.pairwise(found))
    shuffled = list(acts)
    random.shuffle(shuffled)
    assert ranking.periods(shuffled) == found


def test_an_international_listing_is_the_rank_although_the_national_list_came_later():
    day = dt.date
    acts = [
        ranking.Event(1, Act.RANK, Rank.UNESCO_REPRESENTATIVE, day(2008, 1, 1)),
        ranking.Event(2, Act.RANK, Rank.NATIONAL_LIST, day(2014, 1, 1)),
        ranking.Event(3, Act.CANCEL, Rank.UNESCO_REPRESENTATIVE, day(2020, 1, 1)),
    ]
    assert ranking.rank_on(acts, day(2015, 1, 1)) == Rank.UNESCO_REPRESENTATIVE
    assert ranking.rank_on(acts, day(2021, 1, 1)) == Rank.NATIONAL_LIST


def test_a_correction_counts_from_the_day_of_the_act_it_corrects():
    acts = [
        ranking.Event(1, Act.RANK, Rank.NATIONAL, dt.date(1999, 1, 1)),
        ranking.Event(2, Act.CORRECT, Rank.PROVINCIAL, dt.date(2001, 1, 1), corrects=1),
        ranking.Event(3, Act.CORRECT, Rank.SPECIAL_NATIONAL, dt.date(2002, 1, 1), corrects=2),
    ]
    assert ranking.periods(acts) == [ranking.Period(Rank.SPECIAL_NATIONAL, dt.date(1999, 1, 1))]


def test_corrections_that_go_round_correct_nothing():
    acts = [
        ranking.Event(1, Act.CORRECT, Rank.NATIONAL, dt.date(1999, 1, 1), corrects=2),
        ranking.Event(2, Act.CORRECT, Rank.NATIONAL, dt.date(1999, 1, 1), corrects=1),
    ]
    assert ranking.periods(acts) == []


@pytest.mark.django_db
def test_an_act_without_any_date_is_in_force_and_one_with_a_year_counts_from_its_first_day():
    record = RecordFactory()
    DesignationFactory(record=record, rank=Rank.NATIONAL)
    DesignationFactory(record=record, act=Act.UPGRADE, rank=Rank.SPECIAL_NATIONAL, decided_year=2017)
    assert rank_of(record, "2016-12-31") == Rank.NATIONAL
    assert rank_of(record, "2017-01-01") == Rank.SPECIAL_NATIONAL


@pytest.mark.django_db
def test_a_list_of_ranks_is_one_query(django_assert_num_queries):
    for _ in range(10):
        DesignationFactory()
    with django_assert_num_queries(1):
        assert {record.rank for record in published()} == {Rank.NATIONAL}
    assert ranked(published(), Rank.NATIONAL).count() == 10
    assert ranked(published(), Rank.PROVINCIAL).count() == 0


@pytest.mark.django_db
def test_a_deleted_act_takes_its_rank_with_it():
    act = DesignationFactory()
    act.delete()
    assert not RankPeriod.objects.exists()


@pytest.mark.django_db
def test_an_upgrade_needs_a_rank():
    act = Designation(record=RecordFactory(), act=Act.UPGRADE)
    with pytest.raises(ValidationError):
        act.full_clean()


@pytest.mark.django_db
def test_a_decision_cannot_be_older_than_its_authority():
    ministry = Authority.objects.create(name_vi="Bộ trưởng Bộ mẫu", since=dt.date(2007, 8, 1))
    act = Designation(record=RecordFactory(), rank=Rank.NATIONAL, decided_on=dt.date(1994, 1, 1), authority=ministry)
    with pytest.raises(ValidationError) as refused:
        act.full_clean()
    (message,) = refused.value.message_dict["decided_on"]
    assert all(said in message for said in ("1994-01-01", "2007-08-01", "chọn cơ quan của thời ấy"))


@pytest.mark.django_db
def test_the_register_of_a_day_is_two_queries_for_a_page_and_its_count(django_assert_num_queries):
    for year in range(1990, 2000):
        DesignationFactory(rank=Rank.PROVINCIAL, decided_on=dt.date(year, 1, 1))
    with django_assert_num_queries(2):
        rows = register_as_of(dt.date(1995, 6, 1))
        assert (rows.count(), {row.rank for row in rows[:50]}) == (6, {Rank.PROVINCIAL})
    assert not register_as_of(dt.date(1995, 6, 1), Rank.NATIONAL).exists()
