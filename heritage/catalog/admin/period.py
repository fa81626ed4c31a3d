"""The screens of the vocabulary of periods."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from heritage.catalog.admin.vocabulary import VocabularyEditView, VocabularyIndexView, vocabulary_panels
from heritage.catalog.models import Period


class PeriodViewSet(SnippetViewSet):
    model = Period
    index_view_class = VocabularyIndexView
    edit_view_class = VocabularyEditView
    icon = "history"
    menu_label = _("Periods")
    list_display = ["name_vi", "name_en", "first_year", "last_year"]
    search_fields = ["name_vi", "name_en", "code"]
    edit_handler = vocabulary_panels()
