"""The survey form of the field, and what it sends: the page is the same for everybody, so that a device may keep it."""

import hashlib
import json
import uuid
from functools import wraps
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog.models import ConditionGrade, Record, Survey, SurveyPhotograph, Threat
from heritage.catalog.surveys import queries, services
from heritage.core.languages import LANGUAGES
from heritage.core.sending import send

MOST_RECORDS = 500
"""Records that a device keeps for choosing; any other is named by its number."""
MOST_BYTES = 200_000

SHELL = [
    "build/home/site.css",
    "build/catalog/survey.css",
    "build/catalog/survey.js",
    "build/home/fonts/be-vietnam-pro-400.woff2",
    "build/home/fonts/be-vietnam-pro-600.woff2",
    "drawings/mark.svg",
]


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else "vi"


@require_safe
@cache_control(no_cache=True)
def survey_form(request: HttpRequest) -> HttpResponse:
    """`/survey/`: the form, without anything that belongs to a person."""
    language = _language(request)
    with override(language):
        context = {"language": language, "grades": ConditionGrade.choices, "threats": Threat.choices}
        return render(request, "catalog/survey/form.html", context)


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """`/survey/sw.js`: keeps the form and what it needs, for addresses below `/survey/` only."""
    files = [{"url": static(path), "revision": _revision(path)} for path in SHELL]
    whole = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]
    pages = [{"url": f"{reverse('survey_form')}?lang={language}", "revision": whole} for language in LANGUAGES]
    script = _file("build/catalog/survey-sw.js").read_text(encoding="utf-8")
    text = f"self.SURVEY={json.dumps([*files, *pages])};\n{script}"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _file(path: str) -> Path:
    found = Path(finders.find(path) or Path(settings.STATIC_ROOT, path))
    if not found.is_file():
        raise Http404(path)
    return found


def _revision(path: str) -> str:
    return hashlib.sha256(_file(path).read_bytes()).hexdigest()[:12]


@require_safe
@never_cache
def session(request: HttpRequest) -> JsonResponse:
    """Who is asking, a token for sending, and the records that they may survey."""
    if not request.user.is_authenticated:
        return JsonResponse({"login": f"{reverse('login')}?next={reverse('survey_form')}"}, status=401)
    mine = policy_of(Record).instances_user_has_permission_for(request.user, Action.CHANGE)
    rows = mine.order_by("sort_vi", "number").values("number", "name_vi")[:MOST_RECORDS]
    name = request.user.get_full_name() or request.user.get_username()
    return JsonResponse(
        {"user": request.user.get_username(), "name": name, "token": get_token(request), "records": list(rows)}
    )


def _answers(view: Any) -> Any:
    """What stands in the way is told as JSON, by field, with a status that a device can act upon."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return JsonResponse({"login": f"{reverse('login')}?next={reverse('survey_form')}"}, status=401)
        try:
            return view(request, *args, **kwargs)
        except ValidationError as error:
            by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
            return JsonResponse({"errors": by_field}, status=400)
        except services.ConflictError:
            message = _("This key belongs to another survey; write the survey anew.")
            return JsonResponse({"errors": {"__all__": [message]}}, status=409)
        except PermissionDenied:
            message = _("You have no right to survey this record.")
            return JsonResponse({"errors": {"__all__": [message]}}, status=403)

    return answered


@require_POST
@_answers
def receive(request: HttpRequest) -> JsonResponse:
    """A survey as JSON; 201 the first time, 200 ever after."""
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        message = _("The survey is larger than %(limit)s bytes. Shorten its texts.")
        raise ValidationError(message % {"limit": MOST_BYTES})
    try:
        values = json.loads(request.body)
        key = uuid.UUID(str(values["key"]))
    except (ValueError, KeyError, TypeError, UnicodeDecodeError, RecursionError) as error:
        raise ValidationError(_("The survey cannot be read. Update the page and send it again.")) from error
    survey, is_new = services.receive(request.user, key, values)
    return JsonResponse({"key": str(survey.key), "is_new": is_new}, status=201 if is_new else 200)


class PhotographForm(forms.Form):
    """What a device says beside a photograph."""

    key = forms.UUIDField()
    file = forms.FileField()
    caption = forms.CharField(max_length=200, required=False)
    taken_at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
    latitude = forms.FloatField(min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(min_value=-180, max_value=180, required=False)


@require_POST
@_answers
def receive_photograph(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    """A photograph of a survey that has come; 201 the first time, 200 ever after."""
    survey = get_object_or_404(Survey.objects.select_related("record"), key=key)
    form = PhotographForm(request.POST, request.FILES)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    values = form.cleaned_data
    made, is_new = services.receive_photograph(request.user, survey, values["key"], values["file"], values)
    return JsonResponse({"key": str(made.key), "is_new": is_new}, status=201 if is_new else 200)


@require_safe
def photograph(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """A photograph without its data, for everybody once public; `?original` and what is private for staff."""
    row = get_object_or_404(SurveyPhotograph.objects.select_related("survey__record"), key=key)
    wants_original = "original" in request.GET
    is_public = queries.is_public(row) and not wants_original
    if not is_public:
        may = policy_of(Survey).user_has_permission_for_instance(request.user, Action.SEE_PRIVATE, row.survey)
        if not may:
            raise Http404
    file, media_type = (row.file, row.media_type) if wants_original else (row.shown, "image/jpeg")
    cache = "public, max-age=0, must-revalidate" if is_public else "private, no-store"
    digest = f"{row.sha256}{'' if wants_original else '-shown'}"
    return send(request, file, media_type, digest, row.survey.received_at.timestamp(), cache)
