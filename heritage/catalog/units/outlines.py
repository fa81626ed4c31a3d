"""Boundaries of units in the admin: a file is handed in, looked at and kept; what is there stands below, by source."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import AdminDateInput

from heritage.catalog.units.admin import may_record
from heritage.core.screens import GuardedItem, GuardedScreen
from heritage.places import boundaries
from heritage.places.geometry.shapes import BadGeometryError

MOST_BYTES = 300 * 1024**2
ACCEPTED = (".geojson", ".json", ".zip")
MOST_LINES = 200


class OutlinesForm(forms.Form):
    """A file of areas, whose they are, and of which day."""

    file = forms.FileField(
        label=gettext_lazy("File of boundaries"),
        help_text=gettext_lazy(
            "GeoJSON, or a Shapefile as one .zip. Each area has the code of its unit (code, ma_xa, ma_huyen, ma_tinh) "
            "or its name (ten, name) with those of the units above (ten_huyen, ten_tinh)."
        ),
    )
    day = forms.DateField(
        label=gettext_lazy("Units of the day"),
        widget=AdminDateInput,
        required=False,
        help_text=gettext_lazy("Blank for the units of today; 30 June 2025 for those before the reorganisation."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("Named beside every map that draws them.")
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        max_length=100,
        help_text=gettext_lazy("On what terms they may be shown, such as CC BY 4.0 or “by permission of …”."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ACCEPTED):
            raise forms.ValidationError(_("“%(name)s” is no .geojson, .json or .zip.") % {"name": file.name[-80:]})
        if file.size > MOST_BYTES:
            message = _("The file has more than %(most)d MB: simplify its lines, or divide it by province.")
            raise forms.ValidationError(message % {"most": MOST_BYTES // 1024**2})
        return file


class OutlinesView(GuardedScreen, FormView):
    """Kept at once or only looked at; every area that is left out is named with the reason."""

    template_name = "catalog/units/outlines.html"
    form_class = OutlinesForm
    page_title = gettext_lazy("Boundaries of units")
    header_icon = "globe"

    def may(self, user: Any) -> bool:
        return may_record(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"sources": boundaries.sources(), "most_lines": MOST_LINES}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "forget" not in request.POST:
            return super().post(request, *args, **kwargs)
        gone = boundaries.forget(request.POST["forget"][:300])
        words = ngettext("%(count)d boundary was taken away.", "%(count)d boundaries were taken away.", gone)
        messages.success(request, words % {"count": gone})
        return redirect("unit_outlines")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        values, dry_run = form.cleaned_data, self.request.POST.get("action") != "keep"
        try:
            loaded = boundaries.load(
                values["file"].name, values["file"].read(), values["source"], values["licence"], values["day"], dry_run
            )
        except BadGeometryError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, loaded=loaded, dry_run=dry_run))


def outlines_item() -> MenuItem:
    label = gettext_lazy("Boundaries of units")
    return GuardedItem(label, reverse("unit_outlines"), icon_name="globe", order=811, may=may_record)
