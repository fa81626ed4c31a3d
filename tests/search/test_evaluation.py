"""Relevance is measured, and the project's own judged queries on the real register stay above their bars."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from heritage.search import evaluation
from tests.search import register
from tests.search.conftest import BOTH, ELASTICSEARCH

JUDGED = Path(__file__).with_name("judged.json")
BARS = {"accented": 0.95, "unaccented": 0.93, "misspelt": 0.85}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BOTH)
def test_two_hundred_judged_queries_in_three_forms(name, settings):
    settings.SEARCH_URL = ELASTICSEARCH if name == "elasticsearch" else ""
    judged = evaluation.read(JUDGED, "judgements")
    judged.documents = register.documents()
    assert len(judged.queries) == 200
    figures = evaluation.evaluate(judged)
    assert figures["engine"] == name
    for form, bar in BARS.items():
        assert figures[form]["mrr"] >= bar, (form, figures[form])


def test_measures_by_hand():
    assert evaluation.measures(["a", "b"], {"b": 1.0}) == {
        "mrr": 0.5,
        "recall@10": 1.0,
        "ndcg@10": pytest.approx(0.6309, abs=1e-4),
    }
    assert evaluation.measures(["a"], {"b": 1.0}) == {"mrr": 0.0, "recall@10": 0.0, "ndcg@10": 0.0}
    assert evaluation.measures(["a", "b"], {"a": 2.0, "b": 1.0})["ndcg@10"] == 1.0


@pytest.mark.parametrize("text", ["Chùa Keo", "đền Đuổm Phú Lương", "lăng Tự Đức", "ca Huế"])
def test_a_misspelt_query_differs_by_one_error_and_always_the_same(text):
    wrong = evaluation.misspelt(text)
    assert wrong != text
    assert wrong == evaluation.misspelt(text)
    assert abs(len(wrong) - len(text)) <= 1


SQUAD = {
    "version": "test",
    "data": [
        {
            "title": "Chùa_Keo",
            "paragraphs": [
                {
                    "context": "Chùa Keo dựng năm 1632, có gác chuông ba tầng bằng gỗ lim ở giữa sân.",
                    "qas": [{"id": "1", "question": "Gác chuông chùa Keo làm bằng gì?", "answers": []}],
                },
                {
                    "context": "Hội chùa mở vào rằm tháng chín với trò bơi trải cạn và rước kiệu.",
                    "qas": [
                        {"id": "2", "question": "Hội chùa có những trò gì vào tháng chín?", "is_impossible": False}
                    ],
                },
            ],
        }
    ],
}


@pytest.mark.django_db
def test_a_set_in_the_form_of_squad(tmp_path, settings, capsys):
    settings.SEARCH_URL = ""
    path = tmp_path / "set.json"
    path.write_text(json.dumps(SQUAD, ensure_ascii=False), encoding="utf-8")
    call_command("search", "evaluate", str(path), "--format", "squad", "--json")
    figures = json.loads(capsys.readouterr().out)
    assert (figures["documents"], figures["queries"]) == (2, 2)
    assert figures["accented"]["mrr"] == figures["unaccented"]["mrr"] == 1.0
    assert set(figures["misspelt"]) >= {"mrr", "recall@10", "ndcg@10"}


@pytest.mark.parametrize("content", ["", "[]", "{", '{"data": 5}', '{"data": [{"paragraphs": [{}]}]}', "\x00"])
def test_a_file_that_is_no_set_is_refused_with_the_reason(tmp_path, content):
    path = tmp_path / "set.json"
    path.write_text(content)
    with pytest.raises(CommandError, match=r"set\.json"):
        call_command("search", "evaluate", str(path), "--format", "squad")
