"""Applying for a reader card."""

from typing import Any

from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from heritage.library import access
from heritage.library.forms import RegistrationForm
from heritage.library.services import cards

BACKEND = "heritage.accounts.backends.AccountBackend"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The form; whoever fills it in is logged in with the new card. Those who have an account get its card at once."""
    if request.user.is_authenticated:
        return _for_account(request)
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            card = cards.register(values["full_name"], values["email"], values["password"], values["commune"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            login(request, card.user, backend=BACKEND)
            return redirect(_next(request))
    return render(request, "library/register.html", {"form": form, "next": _next(request, "")})


def _for_account(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if access.card_of(user) is None and request.method == "POST":
        cards.open_card(user, str(user), None)
        return redirect(_next(request))
    if access.card_of(request.user):
        return redirect("my_loans")
    return render(request, "library/register_account.html", {"next": _next(request, "")})


def _next(request: HttpRequest, default: str = "my_loans") -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    return asked if url_has_allowed_host_and_scheme(asked, hosts, request.is_secure()) else default
