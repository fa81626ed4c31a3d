"""Bulk action of the lists: print QR labels of what is ticked."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models

from heritage.publishing import labels, resources


class PrintLabels(SnippetBulkAction):
    """Leads to the form of label sheets with the numbers filled in; changes nothing."""

    display_name = _("QR labels")
    action_type = "labels"
    aria_label = _("Print QR labels of the selected entries")
    template_name = "publishing/admin/labels.html"
    action_priority = 60

    @classproperty
    def models(cls) -> list[Any]:  # noqa: N805, a property of the class
        return [model for model in get_snippet_models() if resources.of(model._meta.label_lower)]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = self.get_actionable_objects()[0][: labels.MOST_LABELS]
        numbers = ",".join(one.number for one in chosen)
        return redirect(f"{reverse('labels')}?{urlencode({'numbers': numbers})}")

    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> tuple[int, int]:  # noqa: ARG003
        """Nothing is changed by printing."""
        return 0, 0
