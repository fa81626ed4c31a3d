"""The place of dossiers in the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from heritage.catalog.dossiers.admin.lists import ChecklistViewSet, OpinionRuleViewSet
from heritage.catalog.dossiers.admin.viewset import DossierViewSet


class DossierGroup(SnippetViewSetGroup):
    items = (DossierViewSet, ChecklistViewSet, OpinionRuleViewSet)
    menu_label = _("Dossiers")
    menu_name = "dossier-group"
    menu_icon = "folder-open-inverse"
    menu_order = 110
