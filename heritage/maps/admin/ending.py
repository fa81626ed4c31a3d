"""How a tourist place ends, and comes back: withdrawn, or merged into another; never deleted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.accounts.viewsets import SpokenChooser
from heritage.catalog.moderation.admin.addresses import address_of
from heritage.catalog.moderation.admin.uniting import ActView, ReasonForm
from heritage.catalog.moderation.admin.viewset import MergingEditView
from heritage.core import identifiers
from heritage.core.models.identifier import State
from heritage.maps import services
from heritage.maps.models import Place


def has_ended(place: Place) -> bool:
    """Whether `place` is withdrawn or merged."""
    own = identifiers.of(place)
    return own is not None and own.state != State.ACTIVE


class PlaceEditView(MergingEditView):
    """Beside the usual buttons, how the place ends or comes back, for who may say so."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        if not self.user_has_permission(Action.WITHDRAW):
            return buttons
        offered = (
            [(_("Restore"), "restore", "undo")]
            if has_ended(self.object)
            else [(_("Merge into another place"), "unite", "copy"), (_("Withdraw"), "withdraw", "bin")]
        )
        return buttons + [
            Button(label, url=address_of(self.object, screen), icon_name=icon, priority=40 + place)
            for place, (label, screen, icon) in enumerate(offered)
        ]


class UniteForm(ReasonForm):
    into = forms.ModelChoiceField(
        Place.objects.none(), label=gettext_lazy("Place that remains"), widget=SpokenChooser(Place)
    )
    field_order = ["into", "reason_vi", "reason_en"]


class _EndingView(ActView):
    when_ended = False
    said: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs) if has_ended(self.object) is self.when_ended else None
        if answer is not None:
            return answer
        messages.warning(request, _("%(place)s has changed in the meantime.") % {"place": self.object})
        return redirect(address_of(self.object, "edit"))

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.end(**form.cleaned_data)
        except ValidationError as error:
            return self.refused(form, error)
        messages.success(self.request, self.said % {"place": self.record})
        return redirect(address_of(self.object, "edit"))

    def end(self, **given: Any) -> None:
        raise NotImplementedError


class WithdrawView(_EndingView):
    form_class = ReasonForm
    page_title = verb = gettext_lazy("Withdraw")
    explanation = gettext_lazy("Its page says why from now on; its number and QR code are kept. It can be restored.")
    said = gettext_lazy("%(place)s is withdrawn; its addresses say why.")

    def end(self, **given: Any) -> None:
        services.withdraw(self.record, given["reason_vi"], given["reason_en"], self.user)


class UniteView(_EndingView):
    form_class = UniteForm
    page_title = verb = gettext_lazy("Merge into another place")
    explanation = gettext_lazy(
        "Both are the same place. Its addresses and QR code lead to the other, and the journeys and suggestions that "
        "have it move there. Restoring this place takes all of it back."
    )
    said = gettext_lazy("%(place)s is merged; its addresses lead to the other place.")

    def get_form(self, form_class: Any = None) -> forms.Form:
        form: Any = super().get_form(form_class)
        allowed = policy_of(Place).instances_user_has_permission_for(self.user, Action.WITHDRAW)
        form.fields["into"].queryset = allowed.exclude(pk=self.object.pk)
        return form  # type: ignore[no-any-return]

    def end(self, **given: Any) -> None:
        services.merge(self.record, given["into"], given["reason_vi"], given["reason_en"], self.user)


class RestoreView(_EndingView):
    form_class = forms.Form
    page_title = verb = gettext_lazy("Restore")
    explanation = gettext_lazy("Its page is public again, and what moved to another place comes back.")
    said = gettext_lazy("%(place)s is restored.")
    is_serious = False
    when_ended = True

    def end(self, **_given: Any) -> None:
        services.restore(self.record, self.user)
