"""The place of surveys in the menu; the form of the field has its own address."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from heritage.catalog.surveys.admin.viewsets import DamageReportViewSet, RestorationViewSet, SurveyViewSet


class ConditionGroup(SnippetViewSetGroup):
    items = (SurveyViewSet, RestorationViewSet, DamageReportViewSet)
    menu_label = _("Condition")
    menu_name = "condition-group"
    menu_icon = "view"
    menu_order = 120
