"""The register's place in the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from heritage.catalog.admin.authority import AuthorityViewSet
from heritage.catalog.admin.custodian import CustodianViewSet
from heritage.catalog.admin.object_file import ObjectFileViewSet
from heritage.catalog.admin.period import PeriodViewSet
from heritage.catalog.admin.person import PersonViewSet
from heritage.catalog.admin.record import RecordViewSet
from heritage.catalog.admin.term import TermViewSet


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
