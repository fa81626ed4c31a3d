"""Promoted results, kept by staff."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from heritage.search.admin.synonyms import IN_USE
from heritage.search.models import PromotedResult


class PromotedResultViewSet(SnippetViewSet):
    """For those with Django's permissions on the model; which roles have them, the model says."""

    model = PromotedResult
    icon = "pick"
    menu_label = _("Promoted results")
    list_display = (
        "__str__",
        IN_USE,
        "order",
        "note",
        "modified_at",
    )
    list_filter = ("is_active",)
    panels = ("sayings", "number", "order", "is_active", "note")
