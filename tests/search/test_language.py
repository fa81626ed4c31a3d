"""The query language knows no error: what is not understood is said, the rest is searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heritage.search.language import MOST_CLAUSES, parse
from heritage.search.plan import AnyOf, Number, Phrase, Word, words


def folded(plan):
    return [word.folded for word in words(plan.required)]


def codes(plan):
    return [notice.code for notice in plan.notices]


def test_words_phrases_exclusions_and_beginnings():
    plan = parse('đình "Chùa Keo" -lăng thap*')
    assert isinstance(plan.required[0], Phrase)
    assert {word.folded for word in words(plan.required)} == {"dinh", "chua", "keo", "thap"}
    assert [word.exact for word in words(plan.excluded)] == ["lăng"]
    assert next(word for word in words(plan.required) if word.folded == "thap").is_prefix


@pytest.mark.parametrize("text", ['"hòa bình', 'hòa " bình', "hòa “bình", "«hòa bình"])
def test_a_lone_quotation_mark_is_left_out_and_said(text):
    plan = parse(text)
    assert folded(plan) == ["hoa", "binh"]
    assert codes(plan) == ["quotes"]


@pytest.mark.parametrize(
    "text", ["548/QĐ-TTg", "548/qd-ttg", "548 QĐ TTg", "548-QĐ-TTg", "QĐ 548/QĐ-TTg", "quyết định số 548/QĐ-TTg"]
)
def test_a_decision_is_its_number_in_any_spelling(text):
    assert parse(text).required == (Number("548qdttg"),)


@pytest.mark.parametrize("text", ["QĐ 548", "quyết định 548", "QĐ số 548"])
def test_a_decision_without_authority_is_its_number_alone(text):
    assert parse(text).required == (Number("548qd"),)


def test_a_register_number_may_also_be_a_word():
    (clause,) = parse("TN01").required
    assert isinstance(clause, AnyOf)
    assert clause.options[0] == (Number("tn01"),)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("lễ hội tháng 3 âm", "3"),
        ("le hoi thang 3 am lich", "3"),
        ("tháng Giêng", "1"),
        ("tháng chạp", "12"),
        ("hội tháng ba âm lịch", "3"),
        ("third lunar month", "3"),
        ("lunar month 8", "8"),
    ],
)
def test_a_lunar_month_is_a_filter(text, month):
    assert parse(text).facets["lunar_month"] == (month,)


def test_a_solar_month_is_only_words():
    assert "lunar_month" not in parse("tháng 3 năm 1945").facets


def test_years_fields_and_what_is_none():
    plan = parse("1527..1428 cap:national ten:keo loai:xyz nosuch:word")
    assert plan.years == (1428, 1527)
    assert plan.facets["rank"] == ("national",)
    assert Word("keo", "keo", scope="title") in plan.required
    assert codes(plan) == ["years_turned", "value", "field"]


def test_abbreviations_say_both():
    plan = parse("DTLS")
    assert isinstance(plan.required[0], AnyOf)
    assert folded(plan)[1:] == ["di", "tich", "lich", "su"]
    assert folded(parse("TP.Huế, Q. Phú Xuân")) == ["thanh", "pho", "hue", "quan", "phu", "xuan"]


def test_small_words_help_but_are_not_demanded():
    plan = parse("the temple of Do Can")
    assert folded(plan) == ["templ", "do", "can"]
    assert [word.folded for word in plan.helpful] == ["the", "of"]
    assert folded(parse("của")) == ["cua"]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "chùa " * 3_000,
        "a* " * 200,
        '"' * 199,
        "((((chùa AND [1 TO 9] OR {x}",
        "title:(a b) ^5 ~2 /regex/ \\",
        "'; DROP TABLE catalog_record; --",
        "\x00\x01\x1b[31m chùa \u202e\u200f",
        "🏯🎑👨‍👩‍👧‍👦",
        "- -- -- - : :: a: :b",
        "１２３ Ａ",
        "0..9999 99..1 1..",
        "\ud7ff\ufffe𠀀金",
    ],
)
def test_hostile_text_gives_a_bounded_plan(text):
    plan = parse(text)
    assert len(plan.required) <= MOST_CLAUSES
    assert sum(word.is_prefix for word in words(plan.required)) <= 3


@given(st.text(max_size=300))
def test_any_text_gives_a_plan(text):
    plan = parse(text)
    assert len(plan.required) + len(plan.excluded) <= MOST_CLAUSES + 5
