"""The screen of suggestions: what was sent stands as it was; staff decide and say why."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList

from heritage.accounts.viewsets import ScopedViewSet
from heritage.maps.models import Suggestion


class SuggestionViewSet(ScopedViewSet):
    """Suggestions in the admin; the newest first."""

    model = Suggestion
    icon = "comment"
    menu_label = _("Suggestions about places")
    menu_order = 224
    add_to_admin_menu = True
    list_display = ["__str__", "state", "created_at"]
    list_filter = ["state", "kind"]
    edit_handler = ObjectList(
        [
            FieldPanel("kind", read_only=True),
            FieldPanel("place", read_only=True),
            FieldPanel("values", read_only=True),
            FieldPanel("message", read_only=True),
            FieldPanel("sender_name", read_only=True),
            FieldPanel("sender_contact", read_only=True),
            FieldPanel("unit"),
            FieldPanel("state"),
            FieldPanel("answer"),
        ]
    )
