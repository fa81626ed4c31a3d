"""The screens of the vocabulary of types."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from heritage.catalog.admin.vocabulary import VocabularyEditView, VocabularyIndexView, vocabulary_panels
from heritage.catalog.models import Term


class TermViewSet(SnippetViewSet):
    model = Term
    index_view_class = VocabularyIndexView
    edit_view_class = VocabularyEditView
    icon = "tag"
    menu_label = _("Types")
    list_display = [
        "name_vi",
        "name_en",
        Column("parent", label=_("Broader term"), sort_key="parent", classname="wide-only"),
        Column(
            "get_heritage_type_display", label=_("Type by the law"), sort_key="heritage_type", classname="wide-only"
        ),
    ]
    search_fields = ["name_vi", "name_en", "code"]
    edit_handler = vocabulary_panels(FieldRowPanel([FieldPanel("kind"), FieldPanel("heritage_type")]))
