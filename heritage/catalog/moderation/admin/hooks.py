"""Registers what moderation adds to the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.editing_sessions import EditingSessionsList


def register() -> None:
    hooks.register("register_log_actions", log_actions)
    # Wagtail warns that going on writes over the other's version; here it leads to both.
    EditingSessionsList.template_name = "catalog/moderation/editing_sessions.html"


def log_actions(actions: Any) -> None:
    """How the history tells what moderation did."""
    actions.register_action("catalog.merge_versions", _("Merge two versions"), _("Two versions merged into one"))
