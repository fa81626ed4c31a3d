"""Registers what moderation adds to the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.editing_sessions import EditingSessionsList
from wagtail.log_actions import LogFormatter

from heritage.catalog.moderation import comments, holding, reasons
from heritage.catalog.moderation.admin import tasks


def register() -> None:
    hooks.register("register_log_actions", log_actions, order=100)  # after Wagtail's own words for an edit
    hooks.register("register_admin_urls", tasks.admin_urls)
    hooks.register("register_admin_menu_item", tasks.menu_item)
    # Wagtail warns that going on writes over the other's version; here it leads to both.
    EditingSessionsList.template_name = "catalog/moderation/editing_sessions.html"


def log_actions(actions: Any) -> None:
    """How the history tells what moderation did."""
    actions.register_action("wagtail.edit")(reasons.Edited)

    @actions.register_action("catalog.merge_versions")
    class Joined(reasons.Edited):
        label = _("Merge two versions")

        def format_message(self, entry: Any) -> Any:
            return _("Two versions merged into one")

    @actions.register_action("catalog.comment")
    class Commented(_Said):
        label = _("Comment on a field")
        words = _("Comment: %(field)s")

    @actions.register_action("catalog.comment_resolved")
    class Resolved(_Said):
        label = _("Resolve a comment")
        words = _("Comment resolved: %(field)s")

    @actions.register_action("catalog.overruled")
    class Overruled(_Lacking):
        label = _("Submit what lacks something")
        words = _("Submitted without: %(field)s")

    @actions.register_action("catalog.change_request")
    class Requested(_Said):
        label = _("Request a change")
        words = _("Change requested: %(field)s")

    @actions.register_action("catalog.merge")
    class Merged(WithOther):
        label = _("Merge records")
        words = _("Merged: %(other)s")

    @actions.register_action("catalog.split")
    class Split(WithOther):
        label = _("Split a record")
        words = _("Split: %(other)s")

    @actions.register_action("catalog.copy")
    class Duplicated(WithOther):
        label = _("Duplicate")
        words = _("Begun as a copy of %(other)s")

    @actions.register_action("catalog.separate")
    class Separated(WithOther):
        label = _("Take a merger back")
        words = _("Merger taken back: %(other)s")

    @actions.register_action(holding.TAKEN_OVER)
    class TakenOver(LogFormatter):
        label = _("Take over from another editor")

        def format_message(self, entry: Any) -> Any:
            return _("Taken over from %(user)s, who had it open for editing") % {"user": entry.data.get("from", "")}


class _Lacking(LogFormatter):
    """An entry about a warning: what was lacking in the message, the reason as the history's comment."""

    gives_reason = True
    words: Any = ""

    def format_message(self, entry: Any) -> Any:
        return self.words % {"field": entry.data.get("field", "")}

    def format_comment(self, entry: Any) -> Any:
        return entry.data.get("text", "")


class WithOther(LogFormatter):
    """An entry about two records: the other's number in the message, the reason as the history's comment."""

    gives_reason = True
    words: Any = ""

    def format_message(self, entry: Any) -> Any:
        return self.words % {"other": entry.data.get("other", "")}

    def format_comment(self, entry: Any) -> Any:
        return entry.data.get("reason", "")


class _Said(LogFormatter):
    """An entry about a comment: the field in the message, what was said as the history's comment."""

    words: Any = ""

    def format_message(self, entry: Any) -> Any:
        model = entry.content_type.model_class()
        name = entry.data.get("field") or ""
        known = comments.labels(model) if model else {}
        return self.words % {"field": known.get(name, name) or _("The whole record")}

    def format_comment(self, entry: Any) -> Any:
        return entry.data.get("text", "")
