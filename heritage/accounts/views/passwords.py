"""A forgotten password: a message with a link that works once."""

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe


class PasswordForgottenView(auth_views.PasswordResetView):
    """Answers alike whether the address is known or not."""

    template_name = "accounts/password_form.html"
    email_template_name = "accounts/password_message.txt"
    subject_template_name = "accounts/password_subject.txt"
    success_url = reverse_lazy("password_message_sent")
    extra_context = {
        "heading": gettext_lazy("Forgotten password"),
        "lead": gettext_lazy("Give the e-mail address of your account; a link to choose a new password comes by mail."),
        "verb": gettext_lazy("Send the link"),
    }


class PasswordNewView(auth_views.PasswordResetConfirmView):
    template_name = "accounts/password_form.html"
    success_url = reverse_lazy("password_changed")
    extra_context = {"heading": gettext_lazy("New password"), "verb": gettext_lazy("Keep the new password")}


@require_safe
def password_message_sent(request: HttpRequest) -> HttpResponse:
    text = _("If an account has this address, a message is on its way. Look among unwanted mail too.")
    return render(request, "accounts/password_done.html", {"heading": _("Look into your mail"), "text": text})


@require_safe
def password_changed(request: HttpRequest) -> HttpResponse:
    text = _("From now on log in with the new password.")
    return render(request, "accounts/password_done.html", {"heading": _("The password is changed"), "text": text})
