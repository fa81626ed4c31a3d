"""Synonyms in the admin: sayings that staff declare to mean the same."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from heritage.search.models import SynonymGroup

IN_USE = BooleanColumn("is_active", label=_("active"), sort_key="is_active")


class SynonymViewSet(SnippetViewSet):
    """For those with Django's permissions on the model; synonyms belong to no administrative unit."""

    model = SynonymGroup
    icon = "search"
    menu_label = _("Search synonyms")
    list_display = (
        "__str__",
        IN_USE,
        "note",
        "modified_at",
    )
    list_filter = ("is_active",)
    panels = ("sayings", "is_active", "note")
