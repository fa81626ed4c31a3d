"""Numbers on papers are grouped as the language groups them."""

from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.formats import number_format


@pytest.mark.parametrize(("language", "written"), [("vi", ["16.700", "3.450,5"]), ("en", ["16,700", "3,450.5"])])
def test_numbers_are_grouped_in_each_language(language, written):
    with translation.override(language):
        assert [number_format(number, force_grouping=True) for number in (16700, Decimal("3450.5"))] == written
