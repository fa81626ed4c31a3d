"""Logging in and out, for staff and readers alike; django-axes counts the failures of both doors."""

from typing import Any

from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

STAFF_SESSION_SECONDS = 12 * 3600
"""A working day: whoever may change the register logs in again the next morning."""


def home_of(user: Any) -> str:
    """Where a user's work begins: the admin for staff, the own account for readers."""
    if user.has_perm("wagtailadmin.access_admin"):
        return reverse("wagtailadmin_home")
    try:
        return reverse("account")
    except NoReverseMatch:
        return portal()


def portal() -> str:
    """The home page in the language of the page the visitor is on, whatever the browser would rather have."""
    return f"/{get_language()}/"


@method_decorator(never_cache, name="dispatch")
class LoginView(auth_views.LoginView):
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        return home_of(self.request.user)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        if form.get_user().has_perm("wagtailadmin.access_admin"):
            self.request.session.set_expiry(STAFF_SESSION_SECONDS)
        return response


class LogoutView(auth_views.LogoutView):
    """Only by POST, so that no link or picture on another site logs anybody out."""

    def get_default_redirect_url(self) -> str:
        return portal()
