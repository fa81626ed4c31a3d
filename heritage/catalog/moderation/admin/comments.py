"""The screen with what was said of each field, and the one that asks for a change of what is public."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from heritage.accounts.models import User
from heritage.accounts.roles import Action
from heritage.catalog.moderation import comments
from heritage.catalog.moderation.admin.addresses import address_of
from heritage.catalog.moderation.admin.page import ObjectScreen


class _SayingView(ObjectScreen, TemplateView):
    """Asks the policy about the very object: `construct_view` mixes that in."""

    actions: tuple[str, ...] = ()
    header_icon = "comment"
    is_request = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_any_permission(self.actions):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def say(self) -> None:
        text, name = self.request.POST.get("text", ""), self.request.POST.get("field", "")
        comments.say(self.object, self.user, text, name, is_request=self.is_request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = comments.labels(self.model)
        wanted = self.request.POST.get("field") or self.request.GET.get("field", "")
        return super().get_context_data(**kwargs) | {
            "object": self.object,
            "labels": sorted(names.items(), key=lambda item: item[1]),
            "chosen": wanted if wanted in names else "",
            "text": self.request.POST.get("text", "") if "say" in self.request.POST else "",
        }

    def refused(self, error: ValidationError) -> HttpResponse:
        messages.error(self.request, " ".join(error.messages))
        return self.render_to_response(self.get_context_data())


class CommentsView(_SayingView):
    """For who edits or reviews: everything that was said, with a form for each answer."""

    actions = (Action.CHANGE, Action.REVIEW)
    template_name = "catalog/moderation/comments.html"
    page_title = gettext_lazy("Comments")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self._deed()
        except ValidationError as error:
            return self.refused(error)
        return redirect(address_of(self.object, "comments"))

    def _deed(self) -> None:
        sent = self.request.POST
        for deed in ("answer", "resolve"):
            if (key := sent.get(deed, "")).isdigit():
                comment = get_object_or_404(comments.of(self.object), pk=key, answer_to=None)
                if deed == "answer":
                    comments.answer(comment, self.user, sent.get(f"text-{key}", ""))
                else:
                    comments.resolve(comment, self.user)
                return
        self.say()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "threads": comments.threads(self.object),
            "edit_url": address_of(self.object, "edit"),
        }


class RequestChangeView(_SayingView):
    """For everybody on the staff who sees a public record and knows better: its editors get it as a task."""

    actions = (Action.VIEW,)
    template_name = "catalog/moderation/request_change.html"
    page_title = gettext_lazy("Request a change")
    is_request = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not getattr(self.object, "live", True):
            raise PermissionDenied  # what is not public yet is commented upon
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.say()
        except ValidationError as error:
            return self.refused(error)
        messages.success(request, _("Those who edit this record now have your request among their tasks."))
        return redirect(address_of(self.object, "inspect"))
