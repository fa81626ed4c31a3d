"""The screens of the vocabulary of periods."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from heritage.catalog.admin.vocabulary import VocabularyEditView, VocabularyForm, VocabularyIndexView
from heritage.catalog.models import Period
from heritage.core.panels import both_languages


class PeriodViewSet(SnippetViewSet):
    model = Period
    index_view_class = VocabularyIndexView
    edit_view_class = VocabularyEditView
    icon = "history"
    menu_label = _("Periods")
    list_display = ["name_vi", "name_en", "first_year", "last_year"]
    search_fields = ["name_vi", "name_en", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("code"),
            both_languages("name"),
            both_languages("other_names"),
            FieldPanel("parent"),
            FieldPanel("also_within"),
            FieldRowPanel([FieldPanel("first_year"), FieldPanel("last_year"), FieldPanel("sort_order")]),
        ],
        base_form_class=VocabularyForm,
    )
