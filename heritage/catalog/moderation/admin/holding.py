"""An edit form that only one person at a time has in hand, and the deed by which a reviewer takes it over."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.locks import BaseLock

from heritage.accounts.models import User
from heritage.accounts.roles import Action
from heritage.catalog.models import EditHold
from heritage.catalog.moderation import holding
from heritage.catalog.moderation.admin.addresses import address_of
from heritage.catalog.moderation.admin.page import ObjectScreen

BUTTON = (  # as Wagtail's own, beside "Unlock"
    '{} <span class="buttons"><button type="button" class="button button-small button-secondary"'
    ' data-action="w-action#post" data-controller="w-action" data-w-action-url-value="{}">{}</button></span>'
)


class HeldLock(BaseLock):
    """Wagtail's kind of lock, for everybody but who has the object in hand."""

    def __init__(self, instance: Any, hold: EditHold, take_over_url: str = "") -> None:
        super().__init__(instance)
        self.hold, self.take_over_url = hold, take_over_url

    @property
    def _told(self) -> dict[str, str]:
        since = localtime(self.hold.since)
        return {"user": get_user_display_name(self.hold.user), "time": f"{since:%H:%M}"}

    def for_user(self, user: Any) -> bool:
        return bool(user.pk != self.hold.user_id)

    def get_message(self, user: Any) -> str:
        words = _("{user} has been editing this since {time}. You can read it, and edit it once it is free.")
        told = self._told
        message = format_html(words, user=format_html("<b>{}</b>", told["user"]), time=told["time"])
        if not self.take_over_url:
            return message
        return format_html(BUTTON, message, self.take_over_url, pgettext("another editor", "Take over"))

    def get_locked_by(self, user: Any) -> str:
        return _("Being edited")

    def get_description(self, user: Any) -> str:
        return _("%(user)s, since %(time)s") % self._told


class HeldWhileEdited:
    """Mixed in before an edit view: opening the form takes the object in hand, if nobody else has it."""

    request: Any
    object: Any

    @cached_property
    def hold(self) -> EditHold | None:
        return holding.holder(self.object)

    def get_lock(self) -> Any:
        """A lock of Wagtail's own that shuts this person out goes first: it says more."""
        lock = super().get_lock()  # type: ignore[misc]
        if (lock and lock.for_user(self.request.user)) or self.hold is None:
            return lock
        if self.hold.user_id == self.request.user.pk:
            return lock
        may = self.permission_policy.user_has_permission(self.request.user, Action.UNLOCK)  # type: ignore[attr-defined]
        return HeldLock(self.object, self.hold, address_of(self.object, "take_over") if may else "")

    @property
    def is_held_by_other(self) -> bool:
        return isinstance(self.lock, HeldLock)  # type: ignore[attr-defined]

    def get_editing_sessions(self) -> Any:
        """Asked for wherever the form is shown; not where it saves by itself."""
        if not self.locked_for_user:  # type: ignore[attr-defined]
            holding.take(self.object, self.request.user, self.hold)
        module = super().get_editing_sessions()  # type: ignore[misc]
        module.current_session.is_just_opened = True  # the page itself says who has it in hand
        return module

    def form_valid(self, form: Any) -> HttpResponse:
        if self.locked_for_user:  # type: ignore[attr-defined]
            return super().form_valid(form)  # type: ignore[misc,no-any-return]
        holding.take(self.object, self.request.user, self.hold)
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        listed = reverse(self.index_url_name)  # type: ignore[attr-defined]
        if isinstance(answer, HttpResponseRedirect) and answer.url.partition("?")[0] == listed:
            holding.let_go(self.object, self.request.user)  # sent on or published: the next person need not wait
        return answer


class TakeOverView(ObjectScreen, View):
    """Ends another's hold; whatever they type from then on is kept beside, and merged."""

    permission_required = Action.UNLOCK
    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission(self.permission_required):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        former = holding.take_over(self.object, cast(User, request.user))
        if former is not None:
            told = {"user": get_user_display_name(former.user)}
            words = _("You have it in hand now. What %(user)s types from here on is kept, and merged with yours.")
            messages.success(request, words % told)
        return redirect(address_of(self.object, "edit"))
