"""The screen of suggestions: what was sent stands as it was; staff decide and say why."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import EditView, IndexView

from heritage.accounts.viewsets import ScopedViewSet
from heritage.maps import deciding, owners
from heritage.maps.models import Suggestion


class DifferencesPanel(Panel):
    """What the place says now beside what is proposed; for a claim that holds, the owner's own address."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "maps/admin/differences.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            sent: Suggestion = self.instance
            is_asked = sent.place is not None and sent.kind != Suggestion.Kind.PROPOSAL
            rows = [
                (deciding.label(name), _shown(sent.place, name) if is_asked else "", _worded(name, value))
                for name, value in sent.values.items()
            ]
            address = owners.address(sent) if sent.place is not None and owners.keeps(sent) else ""
            context = super().get_context_data(parent_context)
            return context | {"sent": sent, "rows": rows, "has_now": is_asked, "own_address": address}


def _shown(place: Any, name: str) -> str:
    return _worded(name, getattr(place, name, ""))


def _worded(name: str, value: Any) -> str:
    """A value as people read it: the word for a choice."""
    choices = dict(deciding.field(name).flatchoices) if deciding.field(name) else {}
    return str(choices.get(value, "" if value is None else value))


class SuggestionIndexView(IndexView):
    """Suggestions come from the public pages; nobody adds one here."""

    def get_add_url(self) -> None:
        return None


class SuggestionEditView(EditView):
    def save_instance(self) -> Any:
        if self.form.instance.state != self.form.instance.before:
            self.form.instance.decided_by = self.request.user
        return super().save_instance()


class SuggestionViewSet(ScopedViewSet):
    """Suggestions in the admin; the newest first."""

    model = Suggestion
    icon = "comment"
    menu_label = _("Suggestions about places")
    menu_order = 224
    add_to_admin_menu = True
    index_view_class = SuggestionIndexView
    edit_view_class = SuggestionEditView
    list_display = [
        "__str__",
        BooleanColumn("is_from_owner", label=_("From the owner")),
        "state",
        "created_at",
    ]
    list_filter = ["state", "kind", "is_owner"]
    inspect_view_fields = [
        "kind", "place", "values", "message", "sender_name", "sender_contact", "is_owner", "claim", "state", "answer",
        "decided_at", "decided_by",
    ]  # fmt: skip
    edit_handler = ObjectList(
        [
            FieldPanel("kind", read_only=True),
            FieldPanel("place", read_only=True),
            DifferencesPanel(heading=_("What is proposed")),
            FieldPanel("message", read_only=True),
            FieldPanel("sender_name", read_only=True),
            FieldPanel("sender_contact", read_only=True),
            FieldPanel("unit"),
            FieldPanel("state"),
            FieldPanel("answer"),
        ]
    )
