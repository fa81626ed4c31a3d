"""Registers what accounts adds to the admin."""

from typing import Any

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from heritage.accounts.admin import unit_list
from heritage.accounts.admin.units import units_chooser
from heritage.accounts.bulk import forbid_deleting
from heritage.accounts.models import UnitLogEntry
from heritage.accounts.registration import guarded_models

forbid_deleting()


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
