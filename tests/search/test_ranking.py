"""What spares tantivy most of the scoring and weighing gives the same answer as scoring and weighing all."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from heritage.search.contract import Document, Kind, Near, Query
from heritage.search.engines import tantivy, tantivy_ranking
from heritage.search.language import parse
from tests.search.conftest import fill, make_engine

WORDS = ["giếng", "cây", "lim", "rồng", "phượng", "sân", "gạch", "cổng", "chuông", "bia"]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """Six hundred documents of ten words: in texts, and now and then in a name or a keyword."""
    chance = random.Random(1428)
    return fill(
        make_engine("tantivy", tmp_path_factory.mktemp("crowd")),
        [
            Document(
                id=f"catalog.record:{pk}", kind=chance.choice([Kind.RECORD, Kind.PLACE]), number=f"X{pk}",
                urls={"vi": f"/{pk}"},
                titles={"vi": f"Đình {pk if pk % 40 else chance.choice(WORDS) + chr(32) + chance.choice(WORDS)}"},
                keywords=(chance.choice(WORDS),) if pk % 35 == 0 else (),
                bodies={"vi": " ".join(chance.choices(WORDS, k=chance.randrange(3, 12)))},
                facets={"rank": (chance.choice(["national", "provincial"]),)},
                location=(21 + chance.random(), 105.5), days=("2026-12-05",) if pk % 9 == 0 else (),
                boost=chance.choice([1.0, 1.1, 1.2, 1.4]),
            )
            for pk in range(600)
        ],
    )  # fmt: skip


def test_sparing_changes_neither_order_nor_number(crowd, monkeypatch):
    asked = [f"{one} {other}" for one in WORDS for other in WORDS if one != other]
    asked += ["gieng cay", "giếng cây lim", "bia", "đình bia", '"rồng phượng" sân', "giếng -cây bia"]
    best, used = tantivy.TantivyEngine._best, []
    for number, text in enumerate(asked):
        filters = {"rank": ("national",)} if number % 3 == 0 else {}
        query = Query(text=text, filters=filters, size=5, near=Near(21.5, 105.5, 90_000) if number % 7 == 0 else None)
        plan = replace(parse(text), near=query.near, today=dt.date(2026, 11, 30) if number % 2 else None)
        monkeypatch.setattr(tantivy, "COUNTED_BESIDE", 1)
        monkeypatch.setattr(tantivy_ranking, "LOOKED_AT", 40)
        monkeypatch.setattr(tantivy.TantivyEngine, "_best", lambda *given: used.append(best(*given)) or used[-1])
        spared = crowd.find(plan, query)
        monkeypatch.setattr(tantivy, "COUNTED_BESIDE", 10**9)
        monkeypatch.setattr(tantivy_ranking, "LOOKED_AT", 0)
        whole = crowd.find(plan, query)
        assert [hit.id for hit in spared.hits] == [hit.id for hit in whole.hits], text
        assert (spared.total, spared.facets) == (whole.total, whole.facets), text
        assert [hit.score for hit in spared.hits] == pytest.approx([hit.score for hit in whole.hits], rel=1e-5)
    assert sum(one is not None for one in used) > 20  # the way was gone, not only its fallback
