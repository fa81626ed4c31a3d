"""Registers what accounts adds to the admin."""

from typing import Any

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from heritage.accounts.admin import active_filters, unit_list
from heritage.accounts.admin.units import units_chooser
from heritage.accounts.batches.action import LOGGED
from heritage.accounts.bulk import forbid_deleting
from heritage.accounts.models import UnitLogEntry
from heritage.accounts.registration import guarded_models

forbid_deleting()
active_filters.register()


@hooks.register("register_admin_viewset")
def choosers() -> Any:
    return units_chooser


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("units/offer/", unit_list.offer, name="unit_offer")]


@hooks.register("register_log_actions", order=100)
def history_by_unit(actions: Any) -> None:
    for model in guarded_models():
        actions.register_model(model, UnitLogEntry)


@hooks.register("insert_global_admin_css")
def narrow_screens() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("build/accounts/admin.css"))


@hooks.register("register_log_actions")
def batches_in_history(actions: Any) -> None:
    """How the history of an object tells what was done to many at once."""

    class Batch(LogFormatter):
        label = _("Change with others")

        def format_message(self, entry: Any) -> Any:
            return _("Changed with others: %(now)s → %(then)s") % {
                "now": entry.data.get("now") or "–", "then": entry.data.get("then") or "–",
            }  # fmt: skip

    for name in (LOGGED, "library.batch"):  # the second in entries of earlier versions
        actions.register_action(name)(Batch)
