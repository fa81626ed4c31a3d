"""The screens of checklists and of the rules of the ministry's opinion."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.views.snippets import SnippetViewSet

from heritage.catalog.models import Checklist, OpinionRule
from heritage.core.panels import both_languages

DATES = [FieldPanel("basis"), FieldRowPanel([FieldPanel("since"), FieldPanel("until")])]


class ChecklistViewSet(SnippetViewSet):
    model = Checklist
    icon = "list-ul"
    menu_label = _("Checklists")
    list_display = ["name_vi", "version", "since", "until"]
    panels = [
        both_languages("name"),
        FieldPanel("version"),
        *DATES,
        FieldPanel("kinds"),
        FieldPanel("ranks"),
        InlinePanel(
            "lines",
            panels=[
                FieldRowPanel([FieldPanel("code"), FieldPanel("sort_order"), FieldPanel("is_required")]),
                both_languages("title"),
            ],
            label=pgettext_lazy("of a checklist", "Line"),
            heading=_("What a dossier contains"),
        ),
    ]


class OpinionRuleViewSet(SnippetViewSet):
    model = OpinionRule
    icon = "clipboard-list"
    menu_label = _("Rules of opinion")
    list_display = ["basis", "since", "until"]
    panels = [*DATES, FieldPanel("ranks")]
