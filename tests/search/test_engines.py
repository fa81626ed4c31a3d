"""What holds whichever engine answers."""

import dataclasses
import resource

import pytest

from heritage.search import service
from heritage.search.contract import Box, Document, Kind, Near, Query, Sort
from heritage.search.engines.base import EngineAwayError
from heritage.search.fields import analyse
from heritage.search.language import parse
from tests.search import register
from tests.search.conftest import fill, make_engine

QUERIES = [
    "chua hang", "Chùa Keo", "548/QD-TTg", "548 QĐ TTg", "QĐ 548", "dien hon chen", "Điện Hòn Chén", "huyện Định Hóa",
    "huyen dinh hoa", "chưa", "chua", "chùa", "chu*", "TN01", "ba tri", "le hoi thang 3 am", "lễ hội -keo", "thap",
    '"chùa keo"', '"lễ hội đền"', "temple festival", "the temple of do can", "Hue", "Huế", "rank:national dinh",
    "nghe thuat", "Ho Chi Minh 1949", "ten:keo", "huyen:ba", "thế kỷ XIX", "",
]  # fmt: skip


def found(engine, text, **bounds):
    query = Query(text=text, **bounds)
    return engine.find(parse(text), query)


def numbers(result):
    return [hit.payload["number"] for hit in result.hits]


@pytest.mark.elasticsearch
@pytest.mark.parametrize("text", QUERIES)
def test_both_engines_find_the_same_first_results_and_counts(text, tmp_path_factory, both):
    tantivy, elasticsearch = (found(one, text, size=10) for one in both)
    assert tantivy.total == elasticsearch.total
    assert numbers(tantivy) == numbers(elasticsearch)
    assert tantivy.facets == elasticsearch.facets


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    from tests.search.conftest import drop

    made = [
        fill(make_engine(n, tmp_path_factory.mktemp(n)), register.documents()) for n in ("tantivy", "elasticsearch")
    ]
    yield made
    drop(made[1])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("chua hang", "TN10"),
        ("CHÙA HANG", "TN10"),
        ("Chùa Keo", "TB01"),
        ("548/QD-TTg", "TN01"),
        ("548 QĐ TTg", "TN01"),
        ("QĐ 548", "TN01"),
        ("quyết định số 548", "TN01"),
        ("dien hon chen", "HU09"),
        ("Điện Hòn Chén", "HU09"),
        ("TN12", "TN12"),
        ("mo nguyen dinh chieu", "BT01"),
    ],
)
def test_the_right_one_stands_first(engine, text, first):
    assert numbers(found(engine, text))[0] == first


def test_a_marked_word_means_its_marks(engine):
    assert found(engine, "chưa").total == 0
    assert found(engine, "chùa").total == found(engine, "chua").total > 0


def test_an_old_district_finds_what_is_elsewhere_now(engine):
    assert set(numbers(found(engine, "huyện Định Hóa", size=50))) >= {"TN01", "TN02", "TN03", "TN04", "TN21", "TN28"}


def test_a_lunar_month_is_a_filter(engine):
    listed = found(engine, "le hoi thang 3 am")
    assert listed.total
    assert all("3" in hit.payload["facets"]["lunar_month"] for hit in listed.hits)


def test_choices_in_one_facet_widen_and_in_two_narrow(engine):
    hue, gia_lai = ("Thành phố Huế",), ("Tỉnh Gia Lai",)
    one = found(engine, "", filters={"unit": hue})
    two = found(engine, "", filters={"unit": hue + gia_lai})
    assert two.total == one.total + found(engine, "", filters={"unit": gia_lai}).total
    narrow = found(engine, "", filters={"unit": hue, "rank": ("special_national",)})
    assert 0 < narrow.total < one.total


def test_a_facet_counts_what_each_value_would_give(engine):
    chosen = {"unit": ("Thành phố Huế",), "rank": ("national",)}
    listed = found(engine, "", filters=chosen)
    for facet in ("unit", "rank"):
        for value, count in list(listed.facets[facet].items())[:6]:
            alone = found(engine, "", filters={**chosen, facet: (value,)})
            assert alone.total == count, (facet, value)


def test_pages_follow_each_other_without_gap_or_repeat(engine):
    pages = [numbers(found(engine, "", size=20, page=page)) for page in range(1, 7)]
    assert [len(page) for page in pages] == [20, 20, 20, 20, 10, 0]
    assert len({number for page in pages for number in page}) == 90


def test_titles_sort_as_in_a_dictionary(engine):
    from heritage.core.folding import sort_key

    titles = [hit.payload["titles"]["vi"] for hit in found(engine, "", sort=Sort.TITLE, size=90).hits]
    firsts = [sort_key(title)[:2] for title in titles]
    assert firsts == sorted(firsts)


def test_the_newest_come_first(engine):
    dates = [hit.payload["modified"] for hit in found(engine, "", sort=Sort.NEWEST, size=90).hits]
    assert dates == sorted(dates, reverse=True)


def test_near_a_point_the_nearest_comes_first_with_its_distance(engine):
    near = Near(16.47, 107.578, 20_000)
    hits = found(engine, "", near=near, sort=Sort.NEAREST).hits
    distances = [hit.distance for hit in hits]
    assert distances == sorted(distances)
    assert hits[0].payload["number"] in ("HU01", "HU02")
    assert distances[0] < 100


def test_a_box_holds_what_lies_in_it(engine):
    listed = found(engine, "", box=Box(107.0, 16.0, 108.2, 16.8), size=90)
    assert listed.total
    assert all(16.0 <= hit.payload["location"][0] <= 16.8 for hit in listed.hits)


def test_the_beginning_of_a_name_suggests_it(engine):
    names = [hit.payload["titles"]["vi"] for hit in engine.beginning(["chua", "k"], Query(size=8))]
    assert names[0] == "Chùa Keo"


def test_a_slip_while_typing_is_forgiven_where_nothing_begins_so(engine):
    for typed in (["chau", "ke"], ["chuaa", "ke"], ["hcua", "ke"]):
        assert engine.beginning(typed, Query(size=8)) == []
        names = [hit.payload["titles"]["vi"] for hit in engine.beginning(typed, Query(size=8), typos=True)]
        assert "Chùa Keo" in names, typed
    exact = [hit.id for hit in engine.beginning(["chua", "ke"], Query(size=8))]
    assert [hit.id for hit in engine.beginning(["chua", "ke"], Query(size=8), typos=True)][: len(exact)] == exact
    assert engine.beginning(["zzq"], Query(size=8), typos=True) == []


def test_hidden_documents_are_in_no_hit_count_or_suggestion(engine):
    keo = next(document.id for document in register.documents() if document.number == "TB01")
    query = Query(text="chùa keo")
    shown = engine.find(parse("chùa keo"), query)
    hidden = engine.find(parse("chùa keo"), query, frozenset({keo}))
    assert hidden.total == shown.total - 1
    assert "TB01" not in numbers(hidden)
    assert hidden.facets["rank"].get("special_national", 0) == shown.facets["rank"]["special_national"] - 1
    assert keo not in [hit.id for hit in engine.beginning(["chua", "keo"], Query(size=8), frozenset({keo}))]


def a_document(**values):
    base = Document(id="catalog.record:1", kind=Kind.RECORD, number="X1", urls={"vi": "/x"}, titles={"vi": "Đình Thử"})
    return dataclasses.replace(base, **values)


def test_what_a_viewer_may_not_see_does_not_exist(fresh):
    fresh.apply([analyse(a_document(audience=frozenset({"staff"}), facets={"rank": ("national",)}))], [])
    public = found(fresh, "thử")
    assert (public.total, public.hits, dict(public.facets["rank"])) == (0, [], {})
    assert fresh.beginning(["thu"], Query()) == []
    assert found(fresh, "thử", audience=frozenset({"public", "staff"})).total == 1


def test_counts_kept_for_one_question_answer_no_other(fresh):
    def ranks(**values):
        return dict(found(fresh, "thử", **values).facets["rank"])

    staff = frozenset({"public", "staff"})
    fresh.apply([analyse(a_document(audience=frozenset({"staff"}), facets={"rank": ("national",)}))], [])
    assert (ranks(audience=staff), ranks(), ranks(audience=staff)) == ({"national": 1}, {}, {"national": 1})
    assert ranks(audience=staff, filters={"kind": ("place",)}) == {}
    hidden = fresh.find(parse("thử"), Query(text="thử", audience=staff), frozenset({"catalog.record:1"}))
    assert dict(hidden.facets["rank"]) == {}
    fresh.apply([analyse(a_document(id="catalog.record:2", facets={"rank": ("national",)}))], [])
    assert (ranks(audience=staff), ranks()) == ({"national": 2}, {"national": 1})


def test_a_write_is_seen_at_once_twice_is_once_and_a_deletion_too(fresh):
    fresh.apply([analyse(a_document())], [])
    fresh.apply([analyse(a_document(titles={"vi": "Đình Đổi Tên"}))], [])
    assert found(fresh, "đổi tên").total == 1
    assert found(fresh, "thử").total == 0
    fresh.apply([], ["catalog.record:1", "catalog.record:99"])
    assert found(fresh, "").total == 0


def test_what_an_object_no_longer_has_goes_with_its_next_write(fresh):
    def pages(*texts):
        return [
            analyse(a_document(id=f"iiif.digitalobject:7/{n}", kind=Kind.SCAN, bodies={"vi": text}, is_part=True))
            for n, text in enumerate(texts, 1)
        ]

    fresh.apply([*pages("cảnh hưng", "vĩnh thịnh", "chính hòa"), analyse(a_document())], [])
    assert found(fresh, "vĩnh thịnh").total == 1
    assert found(fresh, "đình thử").total == 1  # the parts bear the name too, but are not found by it
    hidden = fresh.find(parse(""), Query(), frozenset({"iiif.digitalobject:7"}))
    assert (hidden.total, [hit.id for hit in hidden.hits]) == (1, ["catalog.record:1"])
    fresh.apply(pages("cảnh hưng"), [])
    assert (found(fresh, "vĩnh thịnh").total, found(fresh, "").total) == (0, 2)
    fresh.apply([], ["iiif.digitalobject:7"])
    assert dict(fresh.contents()).keys() == {"catalog.record:1"}


def test_a_rebuild_that_fails_leaves_the_live_index_as_it_was(fresh):
    fresh.apply([analyse(a_document())], [])
    before = fresh.state().generation
    with pytest.raises(AttributeError), fresh.build() as builder:
        builder.add([analyse(a_document(id="catalog.record:2")), None])
    assert fresh.state().generation == before
    assert dict(fresh.contents()).keys() == {"catalog.record:1"}


def test_a_disk_that_takes_no_more_ends_a_rebuild_and_leaves_the_live_index(tmp_path):
    engine = fill(make_engine("tantivy", tmp_path), register.documents())
    before, limits = engine.state(), resource.getrlimit(resource.RLIMIT_FSIZE)
    many = [a_document(id=f"catalog.record:{n}", bodies={"vi": "văn bia " * 4000}) for n in range(200)]
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))  # a write beyond fails as one on a full disk does
    try:
        with pytest.raises((EngineAwayError, OSError)):
            fill(engine, many)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert engine.state() == before
    assert numbers(found(engine, "chua hang"))[0] == "TN10"
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [before.generation]


HOSTILE = [
    "x" * 10_000, "chùa " * 2_500, "a* " * 200, "ch* " * 200, '"' * 99, '"chùa',
    "(AND OR) [1 TO 2] {x} ^2 ~1 /a/ \\ && || !",
    "'; DROP TABLE catalog_record; --", "title:(chùa OR *:*)^5 _exists_:x", "\x00\x01\x1b \u202e", "🏯🎑👨‍👩‍👧‍👦",
    "<script>alert(1)</script>", "\ud7ff\ufffe𠀀金", "chua-", "-chùa", "0..9999", "|", "=chua_keo chua_keo",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("page", [1, 10**9])
def test_nothing_typed_is_an_error_to_either_engine(serving, page):
    for text in HOSTILE:
        result = service.search(Query(text=text, page=page))
        assert result.engine == serving.name, text
        assert len(result.hits) <= 24, text
        assert service.suggest(text) is not None


@pytest.mark.django_db
def test_what_was_understood_otherwise_is_said(serving):
    """Typed with its marks, `chưa` is not `chùa`: that nothing has it is said, and what is near is shown."""
    said = service.search(Query(text="chưa hang"))
    assert [notice.code for notice in said.notices] == ["marks"]
    assert said.hits[0].number == "TN10"
    assert [notice.code for notice in service.search(Query(text="chùa hang")).notices] == []
    assert "field" in [notice.code for notice in service.search(Query(text="nosuch:chùa")).notices]
    assert service.search(Query(text="chuaa hang")).did_you_mean == "chùa hang"


def test_years_overlap(fresh):
    fresh.apply([analyse(a_document(years=(1428, 1527)))], [])
    assert found(fresh, "1500..1600").total == 1
    assert found(fresh, "1528..1600").total == 0
    assert found(fresh, "", years=(1400, 1430)).total == 1


def test_an_engine_without_an_index_says_so(tmp_path):
    engine = make_engine("tantivy", tmp_path / "none")
    assert engine.state().is_buildable
    with pytest.raises(EngineAwayError):
        found(engine, "chùa")


def test_a_damaged_index_says_so(tmp_path):
    engine = fill(make_engine("tantivy", tmp_path), register.documents())
    for file in (tmp_path / engine.state().generation).glob("*.store"):
        file.unlink()  # a new file: what is mapped into memory must not shrink
        file.write_bytes(b"damaged")
    damaged = make_engine("tantivy", tmp_path)
    with pytest.raises(EngineAwayError):
        found(damaged, "chùa")


def test_a_reader_in_another_process_sees_what_was_written(tmp_path):
    writer = fill(make_engine("tantivy", tmp_path), [])
    reader = make_engine("tantivy", tmp_path)
    assert found(reader, "thử").total == 0
    writer.apply([analyse(a_document())], [])
    assert found(reader, "thử").total == 1
    fill(writer, [a_document(id="catalog.record:5")])
    assert [hit.id for hit in found(reader, "thử").hits] == ["catalog.record:5"]
