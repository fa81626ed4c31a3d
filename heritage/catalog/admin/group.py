"""The register's place in the menu."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog.admin.authority import AuthorityViewSet
from heritage.catalog.admin.custodian import CustodianViewSet
from heritage.catalog.admin.object_file import ObjectFileViewSet
from heritage.catalog.admin.period import PeriodViewSet
from heritage.catalog.admin.person import PersonViewSet
from heritage.catalog.admin.record import RecordViewSet
from heritage.catalog.admin.term import TermViewSet
from heritage.catalog.models import Record
from heritage.core.screens import GuardedItem


def _may_change(user: Any) -> bool:
    return policy_of(Record).user_has_permission(user, Action.CHANGE.value)


class RegisterGroup(SnippetViewSetGroup):
    items = (
        RecordViewSet,
        PersonViewSet,
        CustodianViewSet,
        ObjectFileViewSet,
        TermViewSet,
        PeriodViewSet,
        AuthorityViewSet,
    )
    menu_label = _("Register")
    menu_name = "register"
    menu_icon = "clipboard-list"
    menu_order = 100

    def get_submenu_items(self) -> list[MenuItem]:
        """Behind the lists, what concerns many records at once."""
        items = super().get_submenu_items()
        further = [
            (_("Likely duplicates"), "register_duplicates", "copy"),
            (_("Batches"), "register_batches", "tasks"),
        ]
        return items + [
            GuardedItem(label, reverse(name), icon_name=icon, order=len(items) + position, may=_may_change)
            for position, (label, name, icon) in enumerate(further)
        ]
