"""Exports of what the list of records shows: the same filters, the same rights."""

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from heritage.catalog.exports import FORMATS, rows


class ExportMixin:
    """For the list's view: `?export=csv` beside the filters gives the filtered list as a file."""

    request: HttpRequest

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = FORMATS.get(request.GET.get("export", ""))
        if wanted is None:
            return super().get(request, *args, **kwargs)  # type: ignore[misc]
        listed = rows(self.get_queryset(), request.user)  # type: ignore[attr-defined]
        told = (self.criteria(),) if wanted.is_paper else ()
        response = StreamingHttpResponse(wanted.write(listed, *told), content_type=wanted.media_type)
        name = f"di-san-{timezone.localdate():%Y-%m-%d}.{wanted.suffix}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response

    def criteria(self) -> str:
        """The filters and the words sought, as a reader of the printed list needs them."""
        chosen = [f"{one.field_label.rstrip(':')}: {one.value}" for one in self.active_filters]  # type: ignore[attr-defined]
        sought = self.search_query  # type: ignore[attr-defined]
        return "; ".join(str(part) for part in [*chosen, f"“{sought}”" if sought else ""] if part)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        asked = self.request.GET.copy()
        for name in ("p", "export"):
            asked.pop(name, None)
        buttons: list[Button] = [*super().header_more_buttons]  # type: ignore[misc]
        for position, form in enumerate(FORMATS.values()):
            asked["export"] = form.suffix
            label = _("Download: %(form)s") % {"form": form.label}
            address = f"{self.request.path}?{asked.urlencode()}"
            buttons.append(Button(label, url=address, icon_name="download", priority=90 + position))
        return buttons
