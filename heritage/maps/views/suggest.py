"""Where visitors correct a place and propose a new one; staff decide, nothing changes by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heritage.core import client
from heritage.maps import owners
from heritage.maps.forms import ProposalForm, SuggestionForm
from heritage.maps.queries import published

PER_HOUR = 10
HOUR = 3600


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """The form about one public place."""
    place = get_object_or_404(published(), number=number)
    token = request.GET.get("owner", "")
    claim = owners.by_token(place, token) if token else None
    form = SuggestionForm(request.POST or None, place=place, claim=claim, is_owner="mine" in request.GET)
    return _answer(request, form, {"place": place, "claim": claim, "has_lapsed": bool(token) and claim is None})


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """The form for a place that is not in the register."""
    return _answer(request, ProposalForm(request.POST or None), {"place": None})


def _answer(request: HttpRequest, form: SuggestionForm, context: dict) -> HttpResponse:
    context |= {"form": form, "is_sent": False}
    if request.method == "POST" and form.is_valid():
        if _is_hasty(request):
            message = _("Too many suggestions came from your address. Nothing is lost: send this in an hour.")
            form.add_error(None, message)
            return render(request, "maps/suggest.html", context, status=429)
        if not form.is_trapped:
            form.suggestion().save()
        context["is_sent"] = True
        return render(request, "maps/suggest.html", context)
    return render(request, "maps/suggest.html", context, status=400 if form.errors else 200)


def _is_hasty(request: HttpRequest) -> bool:
    """Whether this address has sent more than `PER_HOUR` suggestions in about an hour."""
    return client.times(request, "suggestions", HOUR) > PER_HOUR
