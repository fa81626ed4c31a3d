"""The admin's menu, which is built once for all who read it."""

import pytest
from django.utils.translation import override
from wagtail import hooks

MENUS = ["register_admin_menu_item", "register_settings_menu_item", "register_reports_menu_item"]


@pytest.mark.django_db
@pytest.mark.parametrize("menu", MENUS)
def test_an_entry_is_named_in_the_language_of_who_reads_it(menu):
    def entries():
        return [make() for make in hooks.get_hooks(menu) if make.__module__.startswith("heritage.")]

    with override("en"):
        first = entries()
    with override("vi"):
        assert [str(entry.label) for entry in first] == [str(entry.label) for entry in entries()]
