"""A number and a code, once given, are never given again."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from heritage.accounts.models import User
from heritage.core import identifiers
from heritage.core.models import Identifier
from heritage.core.models.identifier import State


@pytest.fixture
def lan(db):
    return User.objects.create(username="lan")


@pytest.fixture
def minh(db):
    return User.objects.create(username="minh")


def test_the_same_object_keeps_its_number_and_code(lan):
    first = identifiers.issue(lan, "DS-000001")
    assert identifiers.issue(lan, "DS-000001") == first
    with pytest.raises(ValidationError, match="DS-000001"):
        identifiers.issue(lan, "DS-000002")


def test_a_number_of_another_object_is_refused_even_when_withdrawn(lan, minh):
    identifiers.issue(lan, "DS-000001")
    identifiers.withdraw(lan, "Trùng", "Duplicate")
    with pytest.raises(ValidationError):
        identifiers.issue(minh, "DS-000001")
    assert identifiers.next_number("DS") == "DS-000002"


@pytest.mark.parametrize("number", ["", "a", "tn01", "TN 01", "TN/01", "-TN", "TN-", "T" * 41, "TN01\n"])
def test_a_malformed_number_is_refused(lan, number):
    with pytest.raises(ValidationError):
        identifiers.issue(lan, number)


def test_a_merged_one_leads_to_its_successor(lan, minh):
    identifiers.issue(lan, "DS-000001")
    identifiers.issue(minh, "DS-000002")
    identifiers.merge(lan, minh, "Một di tích, hai hồ sơ")
    tombstone = identifiers.of(lan)
    assert (tombstone.state, tombstone.successor.number) == (State.MERGED, "DS-000002")
    identifiers.restore(lan)
    assert identifiers.of(lan).successor is None


def test_a_merged_one_without_successor_is_refused_by_the_database(lan):
    identifiers.issue(lan, "DS-000001")
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.update(state=State.MERGED)


def test_a_code_collision_draws_another(lan, minh, monkeypatch):
    codes = iter(["AAAAAA", "AAAAAA", "BBBBBB"])
    monkeypatch.setattr(identifiers, "new_code", lambda: next(codes))
    assert identifiers.issue(lan, "DS-000001").code == "AAAAAA"
    assert identifiers.issue(minh, "DS-000002").code == "BBBBBB"


@given(st.text(alphabet=identifiers.CROCKFORD, min_size=6, max_size=6))
def test_a_code_read_aloud_or_mistyped_is_the_same_code(code):
    spoken = f"{code[:3].lower()}-{code[3:]} ".replace("0", "o").replace("1", "l")
    assert identifiers.normalise_code(spoken) == code


@given(st.text())
def test_anything_else_is_no_code(text):
    code = identifiers.normalise_code(text)
    assert code is None or (len(code) == 6 and set(code) <= set(identifiers.CROCKFORD))
