"""Pages whose keys are found before their columns."""

import pytest
from django.db.models import Value

from heritage.catalog.admin import paging
from heritage.catalog.admin.paging import KeysFirst
from heritage.catalog.models import Record
from tests.factories.catalog import RecordFactory


@pytest.mark.django_db
@pytest.mark.parametrize("few", [3, 500])
def test_each_page_has_its_rows_in_order_with_their_columns(
    few: int, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    monkeypatch.setattr(paging, "FEW", few)
    numbers = [RecordFactory(number=f"XX-{index:02}").number for index in (5, 3, 1, 4, 2)]
    rows = Record.objects.order_by("-number")
    pages = KeysFirst(rows, 2, widen=lambda found: found.annotate(seen=Value(1)))
    with django_assert_num_queries(3 if few < 5 else 2):  # type: ignore[operator]
        first = pages.page(1)
        assert [(row.number, row.seen) for row in first] == [("XX-05", 1), ("XX-04", 1)]
        assert first.paginator.num_pages == 3
    assert [row.number for page in pages for row in page.object_list] == sorted(numbers, reverse=True)
    assert not KeysFirst(rows.none(), 2, widen=lambda found: found).page(1).object_list
