"""The screens of the authorities that decide."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from heritage.catalog.models import Authority
from heritage.core.panels import both_languages


class AuthorityViewSet(SnippetViewSet):
    model = Authority
    icon = "clipboard-list"
    menu_label = _("Authorities")
    list_display = ["name_vi", "name_en", "since", "until"]
    search_fields = ["name_vi", "name_en"]
    panels = [
        both_languages("name"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]
