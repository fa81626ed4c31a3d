"""Reading programs of a reader: where they find the catalogue, and the passwords by which they act for the account."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from heritage.accounts.models import User
from heritage.core.addresses import absolute
from heritage.library.forms import AppPasswordForm
from heritage.library.services import app_passwords


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_apps(request: HttpRequest) -> HttpResponse:
    """Addresses and passwords; a POST makes a password and shows it this once, or withdraws one (`withdraw`)."""
    user = cast(User, request.user)
    if request.method == "POST" and "withdraw" in request.POST:
        chosen = request.POST["withdraw"]
        app_passwords.withdraw(user, int(chosen) if chosen.isdigit() and len(chosen) < 12 else 0)
        messages.success(request, _("The password is withdrawn; the program that had it is refused from now on."))
        return redirect("my_apps")
    form = AppPasswordForm(request.POST or None)
    made: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            password, text = app_passwords.create(user, form.cleaned_data["name"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            made, form = {"made": password, "text": text}, AppPasswordForm()
    context = {
        "form": form,
        "passwords": user.app_passwords.all(),
        "catalogue": absolute(reverse("opds2")),
        "catalogue_1": absolute(reverse("opds1")),
        "koreader": absolute("/kosync"),
        **made,
    }
    return render(request, "library/my_apps.html", context)
