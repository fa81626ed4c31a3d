"""The bar of actions upon many: only those that the user has a role for somewhere."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.widgets import Button, ButtonWithDropdown, ListingButton

from heritage.accounts.bulk import ScopedBulkAction

register = template.Library()
AT_ONCE = 4
"""Buttons beside each other; further ones are behind "More", as in Wagtail's own bar."""


@register.inclusion_tag("wagtailadmin/shared/buttons.html", takes_context=True)
def offered_bulk_actions(context: Any, app_label: str, model_name: str) -> dict[str, Any]:
    """Wagtail's `bulk_action_choices` offers every action that a model has to everybody who sees its list."""
    user = context["request"].user
    known = bulk_action_registry.get_bulk_actions_for_model(app_label, model_name)
    offered = sorted((action for action in known if _is_offered(action, user)), key=lambda each: each.action_priority)
    said = [(action, _said(action, app_label, model_name)) for action in offered]
    buttons: list[Any] = [
        ListingButton(action.display_name, classname=" ".join(action.classes | {"bulk-action-btn"}), **values)
        for action, values in said[:AT_ONCE]
    ]
    if said[AT_ONCE:]:
        more = [Button(label=action.display_name, **values) for action, values in said[AT_ONCE:]]
        look = {"attrs": {"title": _("More bulk actions")}, "classname": "button button-secondary button-small"}
        buttons.append(ButtonWithDropdown(label=_("More"), buttons=more, **look))
    return {"buttons": buttons}


def _is_offered(action: Any, user: Any) -> bool:
    return action.is_offered_to(user) if issubclass(action, ScopedBulkAction) else True


def _said(action: Any, app_label: str, model_name: str) -> dict[str, Any]:
    return {
        "url": reverse("wagtail_bulk_action", args=[app_label, model_name, action.action_type]),
        "attrs": {"aria-label": action.aria_label, "data-bulk-action-button": ""},
        "priority": action.action_priority,
    }
