"""Registers search's pages of the admin."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.snippets.models import register_snippet

from heritage.core.screens import GuardedItem
from heritage.search.admin import report
from heritage.search.admin.access import may_see_reports
from heritage.search.admin.promotions import PromotedResultViewSet
from heritage.search.admin.synonyms import SynonymViewSet

for viewset in (SynonymViewSet, PromotedResultViewSet):
    register_snippet(viewset)


@hooks.register("register_admin_menu_item")
def menu() -> SubmenuMenuItem:
    def listed(model: str) -> str:
        return reverse(f"wagtailsnippets_search_{model}:list")

    entries = [
        (_("What is asked"), reverse("search_report"), "search"),
        (_("Synonyms"), listed("synonymgroup"), "list-ul"),
        (_("Promoted results"), listed("promotedresult"), "pick"),
    ]
    items = [
        GuardedItem(label, address, icon_name=icon, order=order, may=may_see_reports)
        for order, (label, address, icon) in enumerate(entries, 1)
    ]
    return SubmenuMenuItem(_("Public search"), Menu(items=items), icon_name="search", order=800)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("search-report/", report.report, name="search_report"),
        path("search-report/rebuild/", report.ask_for_rebuild, name="search_rebuild"),
    ]
