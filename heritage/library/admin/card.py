"""The screens of reader cards: approving and blocking."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.accounts.viewsets import ScopedViewSet
from heritage.library.models import CardState, ReaderCard
from heritage.library.services import cards


class CardIndexView(IndexView):
    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "full_name",
            Column("number", label=_("card number"), sort_key="number"),
            Column("state", label=_("state"), accessor=lambda card: card.standing.label),
            Column("unit", label=_("commune")),
            Column("expires_on", label=_("valid until"), sort_key="expires_on"),
        ]


class CardEditView(EditView):
    """Beside Wagtail's own buttons: approve and block."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        card, buttons = self.object, [*super().header_more_buttons]
        if not card.is_active:
            buttons.append(Button(_("Approve"), url=reverse("library_card_approve", args=[card.pk]), icon_name="check"))
        if card.state != CardState.BLOCKED:
            buttons.append(Button(_("Block"), url=reverse("library_card_block", args=[card.pk]), icon_name="lock"))
        return buttons


class ReaderCardViewSet(ScopedViewSet):
    model = ReaderCard
    icon = "user"
    menu_label = _("reader cards")
    menu_name = "reader-cards"
    index_view_class = CardIndexView
    edit_view_class = CardEditView
    list_filter = ["state"]
    search_fields = ["full_name", "number"]
    edit_handler = ObjectList([FieldPanel("full_name"), FieldPanel("unit"), FieldPanel("expires_on")])
    inspect_view_fields = ["number", "full_name", "unit", "state", "applied_at", "expires_on"]


@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a card active from today; a GET asks first."""
    card = _card(request, pk)
    if request.method == "POST":
        cards.activate(card)
        messages.success(request, _t("The card %(number)s is active.") % {"number": card.number})
        return redirect("wagtailsnippets_library_readercard:edit", card.pk)
    return render(request, "library/admin/card_approve.html", {"card": card})


@require_http_methods(["GET", "POST"])
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Block a card with a reason; its loans and holds end."""
    card = _card(request, pk)
    reason = request.POST.get("reason", "").strip()[:300]
    if request.method == "POST" and reason:
        cards.block(card, reason)
        message = _t("The card %(number)s is blocked; its loans and holds have ended.") % {"number": card.number}
        messages.success(request, message)
        return redirect("wagtailsnippets_library_readercard:edit", card.pk)
    return render(request, "library/admin/card_block.html", {"card": card, "lacks_reason": request.method == "POST"})


def _card(request: HttpRequest, pk: int) -> ReaderCard:
    card = get_object_or_404(ReaderCard, pk=pk)
    if not policy_of(ReaderCard).user_has_permission_for_instance(request.user, Action.CHANGE.value, card):
        raise PermissionDenied
    return card
