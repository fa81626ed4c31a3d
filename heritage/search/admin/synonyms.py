"""Synonyms in the admin: sayings that staff declare to mean the same."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from heritage.search.models import SynonymGroup


class SynonymViewSet(SnippetViewSet):
    """For those with Django's permissions on the model; synonyms belong to no administrative unit."""

    model = SynonymGroup
    icon = "search"
    menu_label = _("Search synonyms")
    list_display = ("__str__", "is_active", "note", "modified_at")
    list_filter = ("is_active",)
    panels = ("sayings", "is_active", "note")
