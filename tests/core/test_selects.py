"""Selections written in one go are Django's own, element by element."""

import pytest
from django import forms
from django.utils.html import escape
from lxml import html

from heritage.core.selects import BooleanWrittenAtOnce, BoxesWrittenAtOnce, WrittenAtOnce

CHOICES = [(None, "---------"), ("a<b", "Đình & “đền”"), ("Nhóm", [(1, "một"), ("2", "hai")])]


def elements(drawn: str) -> list[tuple[str, dict[str, str], str]]:
    return [(each.tag, dict(each.attrib), (each.text or "").strip()) for each in html.fromstring(drawn).iter()]


@pytest.mark.parametrize("value", ["", None, "a<b", 1, "1", "nothing of it"])
@pytest.mark.parametrize("attrs", [{}, {"id": 'x"y', "required": True, "disabled": False}])
def test_it_is_the_selection_that_django_draws(value: object, attrs: dict[str, object]) -> None:
    ours, its = WrittenAtOnce(attrs, choices=CHOICES), forms.Select(attrs, choices=CHOICES)
    assert elements(ours.render("kind", value)) == elements(its.render("kind", value))
    assert escape("Đình & “đền”") in ours.render("kind", value)


@pytest.mark.parametrize("value", [None, True, False, "true", "2", "3", "unknown"])
def test_so_is_that_of_yes_and_no(value: object) -> None:
    ours, its = BooleanWrittenAtOnce(), forms.NullBooleanSelect()
    assert elements(ours.render("live", value)) == elements(its.render("live", value))
    assert ours.value_from_datadict({"live": "false"}, {}, "live") is False


@pytest.mark.parametrize("value", [None, [], ["a<b"], [1], ["1", "a<b"], ["nothing of it"]])
@pytest.mark.parametrize("attrs", [{}, {"id": 'x"y', "class": "tight", "disabled": True}])
def test_so_are_the_boxes(value: object, attrs: dict[str, object]) -> None:
    choices = [("a<b", "Đình & “đền”"), (1, "một"), ("", "không")]
    ours, its = BoxesWrittenAtOnce(attrs, choices=choices), forms.CheckboxSelectMultiple(attrs, choices=choices)
    assert elements(ours.render("kind", value)) == elements(its.render("kind", value))
    assert escape("Đình & “đền”") in ours.render("kind", value)
