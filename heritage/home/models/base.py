"""What every page of the portal has: its twin in the other language, a description for sharing."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Locale, Page

from heritage.core import languages


class PortalPage(Page):
    """A page whose language switch leads to its own translation, or to the other home page where there is none."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        other = "en" if languages.current() == "vi" else "vi"
        return {**context, "other_language": other, "other_language_url": self.url_in(other, request) or f"/{other}/"}

    def url_in(self, language: str, request: HttpRequest | None = None) -> str:
        """The address of this page in `language`, empty where it has no published translation."""
        locale = Locale.objects.get_for_language(language)
        if locale.pk == self.locale_id:
            return self.get_url(request) or ""
        twin = self.get_translation_or_none(locale)
        return (twin.get_url(request) or "") if twin is not None and twin.live else ""
