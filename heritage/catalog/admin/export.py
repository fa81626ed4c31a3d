"""Exports of what the list of records shows: the same filters, the same rights."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from heritage.catalog.exports import FORMATS, Format, rows


class ExportMixin:
    """For a list's view: `?export=csv` beside the filters gives the filtered list as a file, in any of `formats`."""

    request: HttpRequest
    formats: Mapping[str, Format] = FORMATS
    file_stem = "di-san"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = self.formats.get(request.GET.get("export", ""))
        if wanted is None:
            return super().get(request, *args, **kwargs)  # type: ignore[misc]
        listed = self.exported_rows()
        told = (self.criteria(),) if wanted.is_paper else ()
        response = StreamingHttpResponse(wanted.write(listed, *told), content_type=wanted.media_type)
        name = f"{self.file_stem}-{timezone.localdate():%Y-%m-%d}.{wanted.suffix}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response

    def exported_rows(self) -> Iterable[Any]:
        """What the formats write, of what the list shows."""
        return rows(self.get_queryset(), self.request.user)  # type: ignore[attr-defined]

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
        for position, form in enumerate(self.formats.values()):
            asked["export"] = form.suffix
            label = _("Download: %(form)s") % {"form": form.label}
            address = f"{self.request.path}?{asked.urlencode()}"
            buttons.append(Button(label, url=address, icon_name="download", priority=90 + position))
        return buttons
