"""Drafts that the admin shows in either language of the archive before anybody else sees them."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin


class BilingualPreviewMixin(PreviewableMixin):
    """The public page of a draft, in Vietnamese and in English.

    `preview_view` is the dotted path of `view(request, draft, language)`: the page knows the model, not the other way
    round.
    """

    preview_view: ClassVar[str]

    @property
    def default_preview_mode(self) -> str:
        return "vi"

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("vi", _("Vietnamese")), ("en", _("English"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        return import_string(self.preview_view)(request, self, mode_name)
