"""Title cells drawn once for a page are those that Wagtail draws for each row."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, ButtonsColumnMixin, TitleColumn
from wagtail.admin.widgets.button import Button, ButtonWithDropdown

from heritage.core.stamped import StampedCheckboxColumn, StampedTitleColumn


class Row(SimpleNamespace):
    def __str__(self) -> str:
        return f"PT-{self.pk} {self.name}"


class Buttons(ButtonsColumnMixin):
    def get_buttons(self, instance: Any, parent_context: Any) -> list[Any]:
        edit = Button("Sửa", url=f"/edit/{instance.pk}/", icon_name="edit")
        return [ButtonWithDropdown(buttons=[edit], attrs={"aria-label": f"More options for '{instance}'"})]


def column(kind: type) -> Any:
    options: dict[str, Any] = {"get_title_id": lambda row: f"row_{row.pk}", "get_url": lambda row: f"/of/{row.pk}/"}
    return type("Column", (Buttons, kind), {})("name", **options)


@pytest.mark.django_db
def test_cells_are_those_of_wagtail_whatever_stands_in_a_title() -> None:
    names = ["Đình Hùng Lô", "<script>alert('x')</script>", "", '"&amp;"', "{{ x }}", None]
    rows = [Row(pk=index + 1, name=name) for index, name in enumerate(names)]
    ours, its, context = column(StampedTitleColumn), column(TitleColumn), Context({"row": None, "table": None})
    assert [ours.render_cell_html(row, context) for row in rows] == [its.render_cell_html(row, context) for row in rows]


def test_so_are_the_boxes_that_choose_rows() -> None:
    rows, context = [Row(pk=key, name="x") for key in (7, 70, 8_999)], Context({"row": None, "table": None})
    ours = StampedCheckboxColumn("bulk_actions", obj_type="snippet")
    its = BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet")
    assert [ours.render_cell_html(row, context) for row in rows] == [its.render_cell_html(row, context) for row in rows]
