"""Registers search's pages of the admin."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.snippets.models import register_snippet

from heritage.search.admin import report
from heritage.search.admin.access import may_see_reports
from heritage.search.admin.promotions import PromotedResultViewSet
from heritage.search.admin.synonyms import SynonymViewSet

for viewset in (SynonymViewSet, PromotedResultViewSet):
    register_snippet(viewset)


class KeepersItem(MenuItem):
    """Shown to those who keep what search goes by."""

    def is_shown(self, request: Any) -> bool:
        return may_see_reports(request.user)


@hooks.register("register_admin_menu_item")
def menu() -> SubmenuMenuItem:
    items = [
        KeepersItem(_("What is asked"), reverse("search_report"), icon_name="search", order=1),
        KeepersItem(_("Synonyms"), reverse("wagtailsnippets_search_synonymgroup:list"), icon_name="list-ul", order=2),
        KeepersItem(
            _("Promoted results"), reverse("wagtailsnippets_search_promotedresult:list"), icon_name="pick", order=3
        ),
    ]
    return SubmenuMenuItem(_("Public search"), Menu(items=items), icon_name="search", order=800)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("search-report/", report.report, name="search_report"),
        path("search-report/rebuild/", report.ask_for_rebuild, name="search_rebuild"),
    ]
