"""Why this place, promoted results, more like this, distances that are true, on both engines."""

import pytest
from django.utils.translation import override

from heritage.search import explaining, service
from heritage.search.contract import Near, Query, Sort
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
