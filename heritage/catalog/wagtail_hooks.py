"""Registers what the register adds to the admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from heritage.catalog.admin import batches, duplicates, importing, list_views, paper_lists, scan_of_record, vocabulary
from heritage.catalog.admin.group import RegisterGroup
from heritage.catalog.dossiers.admin.group import DossierGroup
from heritage.catalog.moderation.admin import hooks as moderation
from heritage.catalog.surveys.admin.group import ConditionGroup
from heritage.catalog.units import admin as units
from heritage.catalog.units import outlines
from heritage.catalog.zones import comparison
from heritage.catalog.zones.urls import admin_urls

register_snippet(RegisterGroup)
register_snippet(DossierGroup)
register_snippet(ConditionGroup)

for view in batches.VIEWS:
    hooks.register("register_bulk_action", view)
hooks.register("register_admin_urls", batches.admin_urls)
hooks.register("register_admin_urls", list_views.admin_urls)
hooks.register("register_admin_urls", paper_lists.admin_urls)
hooks.register("register_admin_urls", duplicates.admin_urls)
hooks.register("register_log_actions", duplicates.log_actions)
hooks.register("register_log_actions", scan_of_record.log_actions)
hooks.register("register_admin_urls", vocabulary.admin_urls)
hooks.register("register_log_actions", vocabulary.log_actions)
hooks.register("register_admin_urls", admin_urls)
comparison.register()
hooks.register("register_admin_urls", units.admin_urls)
hooks.register("register_reports_menu_item", units.doubts_item)
hooks.register("register_settings_menu_item", units.change_item)
hooks.register("register_settings_menu_item", outlines.outlines_item)
moderation.register()
hooks.register("register_admin_urls", importing.admin_urls)
hooks.register("register_admin_menu_item", importing.menu_item)
