"""Whatever the public asks for, the answer is bounded."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from heritage.accounts.models import User
from heritage.core import limits


def params(**values):
    query = QueryDict(mutable=True)
    query.update(values)
    return query


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("1", 1),
        ("7", 7),
        ("-1", 1),
        ("0", 1),
        ("abc", 1),
        ("", 1),
        ("1.5", 1),
        ("٣", 1),
        ("1000000000", 1000),
        ("9" * 99, 1000),
    ],
)
def test_any_page_is_the_nearest_that_is_one(asked, page):
    assert limits.page_number(params(page=asked)) == page


@given(st.text(max_size=20_000))
def test_a_query_is_bounded_printable_and_composed(text):
    query, _cut = limits.query_text(params(q=text))
    assert len(query) <= 200
    assert query.isprintable()
    assert query == query.strip()


def test_a_long_query_says_that_it_was_cut():
    assert limits.query_text(params(q="chùa " * 2000))[1]
    assert limits.query_text(params(q="chùa")) == ("chùa", False)


@pytest.mark.django_db
def test_a_page_beyond_the_last_is_the_last():
    User.objects.bulk_create(User(username=f"u{i}") for i in range(30))
    page = limits.page_of(User.objects.order_by("pk"), params(page="99"))
    assert page.number == 2
    assert len(page) == 6
