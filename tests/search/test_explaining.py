"""Why this place, promoted results, more like this, distances that are true, on both engines."""

import datetime as dt

import pytest
from django.utils.translation import override

from heritage.search import engines, explaining, service
from heritage.search.contract import Box, Near, Query, Sort
from heritage.search.fields import analyse
from heritage.search.geometry import distance
from heritage.search.language import parse
from heritage.search.models import PromotedResult

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["Chùa Keo", "chua keo", "548/QĐ-TTg", '"lễ hội đền"', "le hoi cua nguoi Tày", "chu*"])
def test_the_reasons_of_a_hit_sum_up_to_its_relevance(engine, text):
    _plan, found = explaining.explain(engine, text)
    assert found
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    lowest = 0.69 if engine.name == "elasticsearch" else 1.0  # ln 2 and log2 2: an object without a rank
    for one in found:
        assert one.reasons
        assert lowest <= round(one.factor, 2) <= 2 * lowest, (one, one.reasons)


def test_the_whole_name_is_a_reason(engine):
    with override("en"):
        _plan, found = explaining.explain(engine, "chua keo")
    assert found[0].number == "TB01"
    assert any("whole name" in reason.label for reason in found[0].reasons)


def test_a_promoted_result_stands_first_once_and_only_for_its_words(serving):
    PromotedResult.objects.create(sayings="chùa\nle hoi mua xuan", number="HU09")
    PromotedResult.objects.create(sayings="chùa", number="NOSUCH")
    result = service.search(Query(text="chua"))
    assert [hit.number for hit in result.promoted] == ["HU09"]
    assert "HU09" not in [hit.number for hit in result.hits]
    assert service.search(Query(text="chùa keo")).promoted == ()
    assert service.search(Query(text="chua", page=2)).promoted == ()


def test_a_promoted_result_that_is_hidden_is_not_shown(serving, monkeypatch):
    from heritage.search import fence
    from tests.search import register

    PromotedResult.objects.create(sayings="chùa", number="HU09")
    own = next(document.id for document in register.documents() if document.number == "HU09")
    monkeypatch.setattr(fence, "hidden", lambda: frozenset({own}))
    assert service.search(Query(text="chua")).promoted == ()


def test_more_like_this_leaves_itself_out_and_finds_its_kind(serving):
    result = service.search(Query(like="TB01", facets=()))
    assert result.total
    assert "TB01" not in [hit.number for hit in result.hits]
    assert [notice.code for notice in result.notices] == ["like"]
    assert any("chùa" in hit.title.text.lower() for hit in result.hits[:3])
    assert [notice.code for notice in service.search(Query(like="NOSUCH")).notices] == ["like_unknown"]


@pytest.mark.parametrize("metres", [500, 5_000, 60_000])
def test_within_a_distance_means_the_circle_not_its_square(engine, metres):
    near = Near(16.47, 107.578, metres)
    found = engine.find(parse(""), Query(near=near, size=100, sort=Sort.NEAREST))
    everything = engine.find(parse(""), Query(size=100)).hits
    located = [hit.payload["location"] for hit in everything if hit.payload["location"]]
    inside = sum(distance(near, *location) <= metres for location in located)
    assert found.total == len(found.hits) == inside
    assert sum(found.facets["kind"][kind] for kind in found.facets["kind"] if "/" not in kind) == inside
    assert engine.count(parse(""), Query(near=near)) == inside


@pytest.fixture(scope="module")
def held():
    """Two festivals of one name, far apart in place and time, beside the register."""
    from heritage.search.contract import Document, Kind

    today = dt.date(2026, 11, 30)
    return [
        Document(
            id=f"catalog.record:{pk}", kind=Kind.RECORD, number=f"LH{pk}", urls={"vi": f"/{pk}"},
            titles={"vi": "Lễ hội Cầu Ngư"}, location=(16.47 + north, 107.58),
            days=((today + dt.timedelta(days=away)).isoformat(),),
        )
        for pk, (north, away) in enumerate([(0.04, 10), (0.002, 200), (0.3, 60)], 1)
    ]  # fmt: skip


def test_the_nearer_and_the_sooner_stand_first_and_the_reasons_say_so(fresh, held, monkeypatch):
    fresh.apply([analyse(one) for one in held], [])
    monkeypatch.setattr(engines, "current", lambda: fresh)
    monkeypatch.setattr(service.timezone, "localdate", lambda: dt.date(2026, 11, 30))

    def numbers(text, **bounds):
        return [hit.number for hit in service.search(Query(text=text, **bounds)).hits]

    assert numbers("le hoi cau ngu") == ["LH1", "LH3", "LH2"]  # in ten days, in two months, in summer
    near = Near(16.47, 107.58, 10_000)
    assert numbers("le hoi cau ngu", near=near) == ["LH2", "LH1"]  # 200 metres away, 4 kilometres; the third is too far
    assert numbers("le hoi cau ngu", near=near, sort=Sort.NEAREST) == ["LH2", "LH1"]
    with override("en"):
        _plan, found = explaining.explain(fresh, "le hoi cau ngu", near=near)
    said = [{reason.label: reason.points for reason in one.reasons} for one in found]
    nearness, soon = "nearness to the point asked for", "held soon or told lately"
    assert said[0][nearness] > said[1][nearness] > 0
    assert soon in said[1]
    assert soon not in said[0]
    factors = {round(one.factor, 2) for one in found}
    assert len(factors) == 1  # the reasons are the whole of the relevance


@pytest.mark.parametrize(
    "bounds", [{"years": (1400, 1401)}, {"near": Near(8.6, 104.7, 500)}, {"box": Box(104, 8, 104.1, 8.1)}]
)
def test_what_the_bounds_leave_nothing_of_is_not_read_as_a_misspelling(serving, bounds):
    result = service.search(Query(text="chùa hang", **bounds))
    assert (result.total, result.did_you_mean, [notice.code for notice in result.notices]) == (0, "", ["filters"])


def test_a_point_may_stand_among_the_words(serving):
    for text in ("lăng near:16.47,107.578,20000", "gần:16.47,107.578,20000 lăng"):
        asked = service.search(Query(text=text))
        assert (asked.query.text, asked.query.near) == ("lăng", Near(16.47, 107.578, 20_000))
        assert [hit.number for hit in asked.hits] == [
            hit.number for hit in service.search(Query(text="lăng", near=asked.query.near)).hits
        ]
    alone = service.search(Query(text="near:16.47,107.578"))
    assert alone.query.sort is Sort.NEAREST
    assert [hit.distance for hit in alone.hits] == sorted(hit.distance for hit in alone.hits)
    assert [notice.code for notice in service.search(Query(text="lăng near:here")).notices] == ["near_unread"]
