"""How a tourist place ends, and comes back: withdrawn, merged into another, or split; never deleted."""

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
from heritage.catalog.moderation.admin.uniting import ActView, ReasonForm, SplitForm, SplitView
from heritage.catalog.moderation.admin.viewset import MergingEditView
from heritage.core.ending import has_ended
from heritage.maps import services, splitting
from heritage.maps.models import ItineraryStop, Place, Suggestion


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
            else [
                (_("Merge into another place"), "unite", "copy"),
                (_("Split the place"), "split", "cut"),
                (_("Withdraw"), "withdraw", "bin"),
            ]
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


class _WhileItStands:
    """Mixed in before a screen: it opens for a place that has not ended, or only for one that has."""

    when_ended = False
    object: Place

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if has_ended(self.object) is self.when_ended:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]
        messages.warning(request, _("%(place)s has changed in the meantime.") % {"place": self.object})
        return redirect(address_of(self.object, "edit"))


class _EndingView(_WhileItStands, ActView):
    said: Any = ""

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


class SplitPlaceForm(SplitForm):
    name_vi = forms.CharField(label=gettext_lazy("Name of the new place"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("Name of the new place in English"), max_length=200, required=False)


class SplitPlaceView(_WhileItStands, SplitView):
    """For who may withdraw the place; the new one is a draft of the same unit."""

    form_class = SplitPlaceForm
    page_title = verb = gettext_lazy("Split the place")
    explanation = gettext_lazy(
        "Part of this place becomes a place of its own: a draft with a new number, of the same kind and unit, to which "
        "this one leads once it is public. Tick what goes with it; its point and telephone are given anew. "
        "Merging the new place into this one takes the split back."
    )
    is_serious = False
    said = gettext_lazy("%(record)s is a place of its own now.")
    split_rows, split_uses = splitting.SPLIT_ROWS, splitting.SPLIT_USES

    def uses(self) -> list[tuple[str, Any]]:
        stops = ItineraryStop.objects.filter(place=self.record).select_related("itinerary", "place", "record")
        sent = policy_of(Suggestion).instances_user_has_permission_for(self.user, Action.VIEW)
        return [(_("Stops of itineraries"), stops), (_("Suggestions"), sent.filter(place=self.record))]

    def split(self, names: dict[str, str], reason_vi: str, reason_en: str) -> Place:
        return splitting.split_off(self.record, names, self.chosen, reason_vi, reason_en, self.user)


class RestoreView(_EndingView):
    form_class = forms.Form
    page_title = verb = gettext_lazy("Restore")
    explanation = gettext_lazy("Its page is public again, and what moved to another place comes back.")
    said = gettext_lazy("%(place)s is restored.")
    is_serious = False
    when_ended = True

    def end(self, **_given: Any) -> None:
        services.restore(self.record, self.user)
