"""The screen that shows all that an object has, for who may only read too."""

from typing import Any

from wagtail.snippets.views.snippets import InspectView

from heritage.catalog.moderation import comparing


class FilledInspectView(InspectView):
    """Every field that is filled in, under its name as people know it, and the rows that belong to the object."""

    template_name = "catalog/moderation/inspect.html"

    def hidden(self) -> frozenset[str]:
        """Names of fields and rows that this user is not shown."""
        return frozenset()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, hidden = self.request.user, self.hidden()
        return super().get_context_data(**kwargs) | {
            "filled": comparing.all_fields(self.object, user, hidden),
            "relations": list(comparing.all_rows(self.object, user, hidden)),
        }
