"""Words that Wagtail fixes as the server starts, in one language for everybody: they are said anew to each reader."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, override
from wagtail.models import Site
from wagtail.sites.views import IndexView
from wagtail.snippets.views.snippets import SnippetViewSet

FIELDS = ("port", "site_name", "root_page")
"""Columns of the list of sites that Wagtail heads with the name in code."""


def free() -> None:
    """Called once, before the first address is looked up."""
    fixed = SnippetViewSet.breadcrumbs_items.fget

    def breadcrumbs_items(viewset: SnippetViewSet) -> list[dict[str, Any]]:
        with override("en"):  # what is written in code, by which the catalogues are asked
            items = fixed(viewset)
        return [item | {"label": gettext_lazy(item["label"])} for item in items]

    SnippetViewSet.breadcrumbs_items = property(breadcrumbs_items)
    for column in IndexView.columns:
        if column.name in FIELDS:
            column.label = capfirst(Site._meta.get_field(column.name).verbose_name)
