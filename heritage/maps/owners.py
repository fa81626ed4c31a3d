"""Owners whose claim was accepted: each has an address by which the staff know the entry's changes are the owner's.

The address is signed, not secret to staff: they hand it to an owner who gave only a telephone number.
"""

from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from heritage.core.addresses import absolute
from heritage.maps.models import Place, Suggestion

SALT = "maps.owner"


def keeps(claim: Suggestion) -> bool:
    """Whether this is a claim that holds."""
    return claim.is_owner and claim.state == Suggestion.State.ACCEPTED


def of_place(place: Place) -> Suggestion | None:
    """The claim by which an owner keeps `place`, the newest of several."""
    held = Suggestion.objects.filter(place=place.pk, is_owner=True, state=Suggestion.State.ACCEPTED)
    return held.order_by("-decided_at").first()


def address(claim: Suggestion) -> str:
    """Where the owner changes the entry, in the language of the claim."""
    token = signing.Signer(salt=SALT).sign(str(claim.pk))
    with override(claim.language):
        path = reverse("correct_place", args=[claim.place.number])  # type: ignore[union-attr]
    return absolute(f"{path}?owner={token}")


def by_token(place: Place, token: str) -> Suggestion | None:
    """The claim that `token` is of, where it is one of `place` and still holds."""
    try:
        key = signing.Signer(salt=SALT).unsign(token[:200])
    except signing.BadSignature:
        return None
    claim = Suggestion.objects.filter(pk=key, place=place.pk).first()
    return claim if claim is not None and keeps(claim) else None
