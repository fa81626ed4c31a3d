"""The rank, its date and its label on any day follow from the acts, in whatever order they were typed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from heritage.catalog import bookkeeping, ranking
from heritage.catalog.models import Act, Authority, Designation, Kind, Rank, RankPeriod, Record
from heritage.catalog.queries import count_as_of, register_as_of, with_standing_on
from heritage.catalog.wording import standing_label
from heritage.iiif.models import Access
from tests.factories.catalog import DesignationFactory, RecordFactory

ACTS = [
    (Act.RANK, Rank.NATIONAL, dt.date(1994, 5, 2), "", "152/QĐ"),
    (Act.ADD_PARTS, "", dt.date(2009, 8, 11), "23 điểm", "9/QĐ"),
    (Act.ADJUST_ZONES, "", dt.date(2010, 1, 1), "", "10/QĐ"),
    (Act.UPGRADE, Rank.SPECIAL_NATIONAL, dt.date(2012, 5, 10), "", "548/QĐ-TTg"),
    (Act.CANCEL, "", dt.date(2015, 3, 20), "1 điểm", "15/QĐ"),
    (Act.CANCEL, "", dt.date(2020, 1, 1), "", "20/QĐ"),
]
LABEL_ON = [
    ("1994-05-01", ""),
    ("1994-05-02", "Di tích quốc gia, Quyết định số 152/QĐ ngày 2/5/1994"),
    ("2009-08-11", "Di tích quốc gia, Quyết định số 152/QĐ ngày 2/5/1994; thêm 23 điểm (2009)"),
    ("2012-05-10", "Di tích quốc gia đặc biệt, Quyết định số 548/QĐ-TTg ngày 10/5/2012; thêm 23 điểm (2009)"),
    (
        "2015-03-20",
        "Di tích quốc gia đặc biệt, Quyết định số 548/QĐ-TTg ngày 10/5/2012; thêm 23 điểm (2009); bỏ 1 điểm (2015)",
    ),
    ("2020-01-01", ""),
]


def type_in(record, acts):
    for act, rank, day, parts, number in acts:
        DesignationFactory(record=record, act=act, rank=rank, decided_on=day, parts_vi=parts, decision_number=number)


def label_on(record, day):
    return standing_label(with_standing_on(Record.objects.all(), dt.date.fromisoformat(day)).get(pk=record.pk))


class AnyOrder(TestCase):
    @settings(max_examples=8, deadline=None, phases=[Phase.generate])
    @given(st.permutations(ACTS))
    def test_labels_do_not_depend_on_typing_order(self, acts):
        record = RecordFactory()
        with translation.override("vi"):
            type_in(record, acts)
            assert [label_on(record, day) for day, _label in LABEL_ON] == [label for _day, label in LABEL_ON]


@st.composite
def events(draw):
    act = draw(st.sampled_from([Act.RANK, Act.UPGRADE, Act.CANCEL, Act.ADD_PARTS]))
    rank = draw(st.sampled_from(list(Rank))) if act in (Act.RANK, Act.UPGRADE) else ""
    parts = "" if act != Act.ADD_PARTS and draw(st.booleans()) else "n"
    day = draw(st.dates(dt.date(1990, 1, 1), dt.date(1990, 2, 1)) | st.just(ranking.UNKNOWN_DAY))
    return ranking.Event(draw(st.integers(1, 10**6)), act, rank, day, concerns_parts=bool(parts), parts_vi=parts)


@settings(max_examples=50)
@given(st.lists(events(), unique_by=lambda event: event.key), st.randoms())
def test_standings_cover_the_periods_of_rank_exactly(acts, random):
    found = ranking.standings(acts)
    merged = []
    for one in found:
        assert one.since < one.until
        assert next(act for act in acts if act.key == one.act).rank == one.rank
        if merged and merged[-1].rank == one.rank and merged[-1].until == one.since:
            merged[-1] = ranking.Period(one.rank, merged[-1].since, one.until)
        else:
            merged.append(ranking.Period(one.rank, one.since, one.until))
    assert merged == ranking.periods(acts)
    random.shuffle(shuffled := list(acts))
    assert ranking.standings(shuffled) == found


@pytest.mark.django_db
class TestActs:
    def test_the_register_of_a_day_with_labels_is_two_queries(self, django_assert_num_queries):
        for _ in range(20):
            type_in(RecordFactory(), ACTS)
        with django_assert_num_queries(2):
            rows = register_as_of(dt.date(2013, 1, 1))
            labels = {standing_label(row) for row in rows[:10]}
            count = count_as_of(dt.date(2013, 1, 1))
        assert (len(labels), count) == (1, 20)
        Record.objects.filter(pk__in=list(Record.objects.values_list("pk", flat=True)[:3])).update(live=False)
        for day in (dt.date(1990, 1, 1), dt.date(2000, 1, 1), dt.date(2013, 1, 1)):
            for rank in ("", Rank.NATIONAL):
                assert count_as_of(day, rank) == register_as_of(day, rank).count()

    def test_the_label_in_english(self):
        record = RecordFactory()
        DesignationFactory(record=record, decided_year=2012, decision_number="")
        DesignationFactory(record=record, act=Act.ADD_PARTS, rank="", parts_vi="23 điểm", parts_en="23 points")
        with translation.override("en"):
            assert label_on(record, "2013-01-01") == "National monument (2012); 23 points added"

    def test_the_page_of_the_whole_and_of_the_part_say_what_happened_to_the_part(self, client):
        whole = RecordFactory(name_vi="Quần thể mẫu")
        part = RecordFactory(part_of=whole, kind=Kind.COMPONENT, name_vi="Điểm mẫu số 7")
        DesignationFactory(record=whole, decided_on=dt.date(1994, 5, 2))
        act = DesignationFactory(
            record=whole, act=Act.CANCEL, rank="", part=part, decided_on=dt.date(2015, 3, 20), signer="Người ký mẫu"
        )
        page = client.get(whole.get_absolute_url()).content.decode()
        for words in ("Điểm mẫu số 7", "Người ký mẫu", "Bỏ Điểm mẫu số 7 (2015)"):
            assert words in page, words
        assert label_on(whole, "2016-01-01").endswith("bỏ Điểm mẫu số 7 (2015)")
        page = client.get(part.get_absolute_url()).content.decode()
        assert act.decision_number in page
        assert client.get(f"/api/v1/records/{whole.number}").json()["designations"][1]["part"] == part.number

    def test_an_act_applies_to_parts_of_its_own_record_only(self):
        act = Designation(record=RecordFactory(), act=Act.CANCEL, part=RecordFactory())
        with pytest.raises(ValidationError) as refused:
            act.full_clean()
        assert "part" in refused.value.message_dict

    def test_a_scan_of_the_decision_is_linked_only_while_it_is_open(self, client):
        from tests.factories.iiif import DigitalObjectFactory

        scan = DigitalObjectFactory(access=Access.STAFF)
        record = RecordFactory()
        DesignationFactory(record=record, scan=scan)
        assert scan.identifier not in client.get(record.get_absolute_url()).content.decode()
        type(scan).objects.filter(pk=scan.pk).update(access=Access.OPEN)
        assert scan.identifier in client.get(record.get_absolute_url()).content.decode()

    def test_periods_are_derived_anew_on_command(self):
        record = RecordFactory()
        type_in(record, ACTS)
        before = list(RankPeriod.objects.values("rank", "since", "until", "scope_vi"))
        RankPeriod.objects.update(scope_vi="cũ")
        bookkeeping.refresh_all_ranks()
        assert list(RankPeriod.objects.order_by("since").values("rank", "since", "until", "scope_vi")) == before

    def test_a_decision_outside_its_authoritys_time_is_marked(self, client):
        """An import, or a bound learned later, can leave such an act; typing it is refused (`test_ranking`)."""
        ministry = Authority.objects.create(name_vi="Bộ trưởng Bộ mẫu", since=dt.date(2007, 8, 1))
        record = RecordFactory()
        DesignationFactory(record=record, authority=ministry, decided_on=dt.date(1994, 1, 1))
        assert "chưa có hoặc không còn" in client.get(record.get_absolute_url()).content.decode()

    def test_thirty_acts_cost_the_form_no_query_each(self, admin_client, django_assert_max_num_queries):
        from django.urls import reverse

        record = RecordFactory()
        authority = Authority.objects.create(name_vi="Cơ quan mẫu")
        for year in range(1990, 2020):
            DesignationFactory(record=record, authority=authority, decided_on=dt.date(year, 1, 1))
        address = reverse("wagtailsnippets_catalog_record:edit", args=[record.pk])
        admin_client.get(address)
        with django_assert_max_num_queries(60):
            admin_client.get(address)
