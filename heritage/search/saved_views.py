"""A reader's saved searches: the list, keeping one, its notices on and off, deleting it, stopping from a message."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heritage.core import languages
from heritage.search import saving
from heritage.search.models import SavedSearch


@never_cache
@login_required
@require_safe
def saved_searches(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    rows = list(SavedSearch.objects.filter(user=user))
    return render(request, "search/saved.html", {"rows": rows, "has_mail": bool(user.email), "most": saving.MOST})


@never_cache
@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    address = request.POST.get("address", "")[:2000]
    try:
        saving.save(request.user, address, languages.current())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(f"{reverse('search')}?{address}")
    messages.success(request, _("The search is saved."))
    return redirect("saved_searches")


@never_cache
@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """`do` is `mail` (turn notices on or off) or `delete`."""
    saved = get_object_or_404(SavedSearch, pk=pk, user=request.user)
    if request.POST.get("do") == "delete":
        saved.delete()
        messages.success(request, _("The saved search is deleted."))
    elif request.POST.get("do") == "mail":
        saved.wants_mail = not saved.wants_mail
        saved.save(update_fields=["wants_mail"])
    return redirect("saved_searches")


@csrf_exempt  # mail programs stop by POST without a visit (RFC 8058); the token in the address is the key
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the notices of one search; asked by a button, so that a program that follows links ends nothing."""
    saved = get_object_or_404(SavedSearch, token=token)
    if request.method == "POST":
        SavedSearch.objects.filter(pk=saved.pk).update(wants_mail=False)
        saved.wants_mail = False
    return render(request, "search/stop.html", {"saved": saved})
