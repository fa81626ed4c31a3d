"""The photographs of a survey: seen, given captions, marked public, added from a desk."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from pyproj import Geod
from wagtail.admin import messages
from wagtail.admin.panels import Panel

from heritage.accounts.roles import Action
from heritage.catalog.dossiers.admin.base import ObjectScreen
from heritage.catalog.models import Record, Survey, SurveyPhotograph
from heritage.catalog.surveys import services
from heritage.iiif.admin.files import ManyFilesInput

EARTH = Geod(ellps="WGS84")


class PhotographsField(forms.FileField):
    """Several uploads; each is judged by `services.receive_photograph`."""

    widget = ManyFilesInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [one for one in (data if isinstance(data, list | tuple) else [data]) if one]


class PhotographsForm(forms.Form):
    new_files = PhotographsField(
        label=_("Add photographs"), required=False, help_text=_("Their own time and place are read from them.")
    )


def rows_of(survey: Survey) -> list[dict[str, Any]]:
    """Photographs with how far, in metres, each was taken from the record's point."""
    record: Record = survey.record
    point = (record.latitude, record.longitude)
    rows = []
    for one in SurveyPhotograph.objects.filter(survey=survey):
        taken = (one.latitude, one.longitude)
        away = _metres(point, taken) if None not in (*point, *taken) else None
        rows.append({"photograph": one, "metres": away})
    return rows


def _metres(one: tuple[Any, Any], other: tuple[Any, Any]) -> float:
    """The geodesic between two (latitude, longitude)."""
    return float(EARTH.inv(one[1], one[0], other[1], other[0])[2])


class PhotographsPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "catalog/admin/survey_photographs_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            rows = rows_of(self.instance) if self.instance.pk else []
            expected = self.instance.photographs_expected
            missing = max(0, expected - len(rows))
            return context | {"survey": self.instance, "rows": rows, "missing": missing}


class PhotographsView(ObjectScreen, FormView):
    """Captions, publication, and further photographs, all saved or none."""

    template_name = "catalog/admin/survey_photographs.html"
    form_class = PhotographsForm
    header_icon = "image"
    page_title = _("Photographs")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_show = self.user_has_permission(Action.PUBLISH)
        return super().get_context_data(**kwargs) | {"rows": rows_of(self.object), "may_show": may_show}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        post = self.request.POST
        public = {int(pk) for pk in post.getlist("public") if pk.isascii() and pk.isdigit()}
        captions = {
            int(name.removeprefix("caption-")): str(value)
            for name, value in post.items()
            if name.startswith("caption-") and name.removeprefix("caption-").isdigit()
        }
        try:
            with transaction.atomic():
                may_show = self.user_has_permission(Action.PUBLISH)
                services.show(self.object, public, captions, self.request.user, may_show=may_show)
                for upload in form.cleaned_data["new_files"]:
                    services.receive_photograph(self.request.user, self.object, uuid.uuid4(), upload, {})
        except ValidationError as error:
            form.add_error("new_files", error)
            return self.form_invalid(form)
        messages.success(self.request, _("The photographs are saved."))
        return redirect(self.request.path)
