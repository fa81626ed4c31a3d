"""The public pages: right for what is public, silent about what is not, in few queries."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from heritage.catalog import services
from heritage.catalog.models import (
    Act,
    Authority,
    Kind,
    LunarRule,
    Rank,
    Record,
    RecordName,
    Relation,
    Source,
)
from heritage.catalog.wording import citation
from heritage.places.models import Unit
from tests.factories.catalog import DesignationFactory, RecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    was = {"valid_from": dt.date(2025, 7, 1)}
    one = Unit.objects.create(code="86", level="province", name="Tỉnh Vĩnh Long", **was)
    other = Unit.objects.create(code="48", level="province", name="Thành phố Đà Nẵng", **was)
    ba_tri = Unit.objects.create(code="29110", level="commune", name="Xã Ba Tri", parent=one, province=one, **was)
    return {"province": one, "other": other, "commune": ba_tri}


def a_rich_record(units, **values):
    """A record with something of everything."""
    whole = RecordFactory()
    record = RecordFactory(
        unit=units["commune"],
        commune_printed="Xã An Đức",
        district_printed="Huyện Ba Tri",
        province_printed="Tỉnh Bến Tre",
        summary_vi="Một câu.",
        text_vi="<p>Chuyện kể.</p>",
        latitude=10.04,
        longitude=106.59,
        coord_accuracy_m=5000,
        part_of=whole,
        **values,
    )
    record.shared_units.add(units["other"])
    record.save()
    minister = Authority.objects.create(name_vi=f"Bộ trưởng mẫu {record.pk}", name_en="Minister of samples")
    act = {"record": record, "authority": minister}
    DesignationFactory(**act, decision_number="548/QĐ-TTg", decided_on=dt.date(2012, 5, 10))
    DesignationFactory(**act, act=Act.ADD_PARTS, rank="", parts_vi="23 điểm", decided_year=2009)
    DesignationFactory(**act, rank=Rank.WORLD_HERITAGE, decided_year=1993)
    RecordName.objects.create(record=record, kind="former", text="Tên cũ")
    Source.objects.create(record=record, citation="Nguồn mẫu")
    LunarRule.objects.create(record=record, month=1, day=6, is_approximate=True)
    Relation.objects.create(record=record, kind="celebrated_at", target=whole)
    Relation.objects.create(record=RecordFactory(), kind="kept_at", target=record)
    for _part in range(3):
        RecordFactory(part_of=record, kind=Kind.COMPONENT)
    return Record.objects.get(pk=record.pk)


def in_english(name, *args):
    with translation.override("en"):
        return reverse(name, args=args)


def test_a_record_says_all_that_it_knows(client, units):
    record = a_rich_record(units)
    html = client.get(record.get_absolute_url()).content.decode()
    for words in (
        record.name_vi,
        record.name_en,
        "548/QĐ-TTg",
        "10/5/2012",
        "Xã An Đức, huyện Ba Tri, tỉnh Bến Tre",
        "xã Ba Tri, tỉnh Vĩnh Long",
        "Mồng 6 tháng Giêng",
        "Chuyện kể.",
        "Tên cũ",
        "Nguồn mẫu",
        "23 điểm",
        "Thành phố Đà Nẵng",
        "5 km",
    ):
        assert words in html, words


def test_it_says_so_in_english(client, units):
    record = a_rich_record(units)
    html = client.get(in_english("record", record.number)).content.decode()
    for words in ("An Duc Commune, Ba Tri District", "10 May 2012", "Minister of samples", "6th day of the 1st lunar"):
        assert words in html, words
    assert '<span lang="vi">Một câu.</span>' in html  # not translated, and said to be Vietnamese


@pytest.mark.parametrize(
    ("act", "line"),
    [
        ({"decision_number": "", "decided_year": 2017}, "Decision of 2017"),
        ({"decision_number": "5/QĐ", "decided_on": dt.date(2017, 3, 2)}, "Decision 5/QĐ of 2 March 2017"),
        ({"decision_number": ""}, ""),
        ({"decision_number": "", "rank": Rank.MOWCAP, "decided_year": 2016}, "Listed in 2016"),
    ],
)
def test_a_citation_says_what_is_known_and_no_more(act, line):
    with translation.override("en"):
        assert citation(DesignationFactory(**act)) == line


def test_a_record_costs_few_queries(client, units, django_assert_max_num_queries):
    record = a_rich_record(units)
    client.get(record.get_absolute_url())
    with django_assert_max_num_queries(12):  # library, maps and publishing ask for their sections
        client.get(record.get_absolute_url())


def test_a_list_costs_the_same_at_10_and_at_100_rows(client, units, django_assert_max_num_queries):
    RecordFactory.create_batch(10, unit=units["commune"])
    client.get(reverse("records"))
    for size in (0, 90):
        RecordFactory.create_batch(size, unit=units["commune"])
        for query in ("", "?kind=monument&rank=national&type=scenic&unit=86&province_then=T%E1%BB%89nh"):
            with django_assert_max_num_queries(10):
                assert client.get(reverse("records") + query).status_code == 200


def test_a_draft_is_404_for_the_public_and_in_no_list(client):
    draft = RecordFactory(live=False)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert draft.name_vi not in client.get(reverse("records")).content.decode()


def test_parts_and_neighbours_that_are_drafts_are_not_named(client):
    record = RecordFactory()
    part, neighbour = RecordFactory(part_of=record, live=False), RecordFactory(live=False)
    Relation.objects.create(record=record, target=neighbour)
    html = client.get(record.get_absolute_url()).content.decode()
    assert part.name_vi not in html
    assert neighbour.name_vi not in html


def test_the_internal_note_is_never_shown(client):
    record = RecordFactory(internal_note="Chỉ cho cán bộ")
    assert "Chỉ cho cán bộ" not in client.get(record.get_absolute_url()).content.decode()


def test_names_are_escaped(client):
    record = RecordFactory(name_vi="<script>alert(1)</script>", summary_vi="<img src=x>")
    for url in (record.get_absolute_url(), reverse("records")):
        html = client.get(url).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_a_withdrawn_record_says_why_and_where_to_go(client, units):
    record = RecordFactory(unit=units["commune"])
    services.withdraw(record, "Ghi nhầm nơi khác", "Entered by mistake")
    answer = client.get(in_english("record", record.number))
    assert answer.status_code == 410
    html = answer.content.decode()
    assert "Entered by mistake" in html
    assert "?unit=86" in html


def test_staff_preview_a_draft_in_both_languages(rf, admin_user):
    record = RecordFactory(live=False, summary_en="Draft words")
    request = rf.get("/admin/")
    request.user = admin_user
    for mode, words in (("vi", record.name_vi), ("en", "Draft words")):
        assert words in record.serve_preview(request, mode).content.decode()


class TestTheList:
    def names(self, client, query=""):
        return [record.name_vi for record in client.get(reverse("records") + query).context["page"]]

    def test_it_sorts_as_vietnamese_do(self, client):
        for name in ("Đình Bảng", "Dinh Độc Lập", "Chùa Ấn", "Chùa An", "Ân Thi", "An Xá"):
            RecordFactory(name_vi=name)
        assert self.names(client) == ["An Xá", "Ân Thi", "Chùa An", "Chùa Ấn", "Dinh Độc Lập", "Đình Bảng"]

    def test_it_is_narrowed_by_every_facet(self, client, units):
        wanted = a_rich_record(units, types=["scenic"])
        for query in (
            "?rank=national",
            "?type=scenic",
            "?unit=86&kind=monument",
            "?unit=29110",
            "?unit=48",  # shared with it
            "?province_then=Tỉnh Bến Tre&district_then=Huyện Ba Tri",
        ):
            assert self.names(client, query) == [wanted.name_vi], query
        assert self.names(client, "?rank=provincial") == []

    def test_it_shows_the_ranks_of_any_past_day(self, client):
        record = RecordFactory(name_vi="Đình cũ")
        RecordFactory(name_vi="Đình chưa xếp hạng")
        DesignationFactory(record=record, rank=Rank.PROVINCIAL, decided_on=dt.date(1994, 5, 2))
        DesignationFactory(record=record, act=Act.UPGRADE, rank=Rank.NATIONAL, decided_on=dt.date(2012, 6, 6))
        assert self.names(client, "?as_of=1994-05-01") == []
        assert self.names(client, "?as_of=1994-05-02&rank=provincial") == ["Đình cũ"]
        assert self.names(client, "?as_of=2012-06-06&rank=provincial") == []
        page = client.get(reverse("records") + "?as_of=2000-01-01")
        assert [row.rank for row in page.context["page"]] == [Rank.PROVINCIAL]
        assert "1/1/2000" in page.content.decode()
        for nonsense in ("2000-13-01", "9999-01-01", "x", "0001-01-01"):
            assert len(self.names(client, f"?as_of={nonsense}")) == 2

    def test_counts_say_what_a_choice_would_leave(self, client, units):
        a_rich_record(units, types=["scenic", "historical"])
        facets = {facet.title: facet.options for facet in client.get(in_english("records")).context["facets"]}
        assert [(option.label, option.count) for option in facets["Type of monument"]] == [
            ("Historical", 1),
            ("Scenic", 1),
        ]
        for facet in facets.values():
            for option in facet:
                answer = client.get(in_english("records") + option.url)
                assert answer.context["page"].paginator.count == option.count, option

    @pytest.mark.parametrize(
        "query",
        ["?page=-1", "?page=abc", "?page=999999999999", "?kind=%00", "?unit=ab", "?unit=99", "?rank=" + "x" * 10_000],
    )
    def test_nonsense_in_the_address_is_borne(self, client, query):
        RecordFactory()
        assert client.get(reverse("records") + query).status_code == 200

    def test_a_change_shows_in_the_counts_at_once(self, client):
        record = RecordFactory()
        assert client.get(reverse("records")).context["page"].paginator.count == 1
        services.unpublish(record)
        assert client.get(reverse("records")).context["page"].paginator.count == 0


class TestFestivals:
    @pytest.fixture
    def festival(self, units):
        record = RecordFactory(kind=Kind.ICH, name_vi="Lễ hội mẫu; số 1", unit=units["commune"])
        LunarRule.objects.create(record=record, month=1, day=13, end_day=15)
        return record

    def test_the_calendar_shows_lunar_over_solar(self, client, festival):
        html = client.get(reverse("festivals")).content.decode()
        assert "13 đến rằm tháng Giêng" in html

    def test_it_costs_few_queries(self, client, festival, django_assert_max_num_queries):
        with django_assert_max_num_queries(6):
            client.get(reverse("festivals"))

    @pytest.mark.parametrize("asked", ["2027-02", "1900-01", "9999-12", "x", "2027-13", "0000-00"])
    def test_any_month_may_be_asked_for(self, client, festival, asked):
        assert client.get(reverse("festivals"), {"from": asked}).status_code == 200

    def test_the_calendar_file_keeps_to_the_standard(self, client, festival):
        for url in (reverse("festivals_ics"), reverse("record_ics", args=[festival.number])):
            answer = client.get(url)
            text = answer.content.decode()
            assert answer["Content-Type"].startswith("text/calendar")
            assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
            assert text.endswith("END:VCALENDAR\r\n")
            assert "SUMMARY:Lễ hội mẫu\\; số 1\r\n" in text
            assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") > 0
            assert max(len(line.encode()) for line in text.split("\r\n")) <= 75

    def test_a_record_without_days_has_no_calendar(self, client):
        assert client.get(reverse("record_ics", args=[RecordFactory().number])).status_code == 404
