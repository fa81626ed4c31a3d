"""What staff's decision about a suggestion does: to the register, and to whom it tells."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from heritage.core import identifiers, languages
from heritage.core.addresses import absolute
from heritage.maps import owners
from heritage.maps.models import Place, Suggestion

ACTION = "maps.suggestion.accepted"
"""In the history of a place: a suggestion was brought into it."""
_E_MAIL = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+")
UNCHECKED = ["latest_revision", "live_revision", "number"]


def _prepared(suggestion: Suggestion) -> Place | None:
    """The place as it is once the suggestion holds, not yet saved; None where nothing of it changes.

    Raises:
        ValidationError: the values contradict the place as it is now.
    """
    if suggestion.kind == Suggestion.Kind.PROPOSAL:
        place = Place(**suggestion.values, unit=suggestion.unit, live=False, source="Đề nghị / proposal")
    elif suggestion.place_id is None or not suggestion.values:
        return None
    else:
        place = Place.objects.get(pk=suggestion.place_id)
        for name, value in suggestion.values.items():
            setattr(place, name, value)
    place.full_clean(exclude=UNCHECKED)
    return place


def check(suggestion: Suggestion) -> None:
    """Before a suggestion is accepted.

    Raises:
        ValidationError: of the state, naming each field of the place that would be wrong.
    """
    try:
        _prepared(suggestion)
    except ValidationError as error:
        faults = [f"{label(name)}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
        message = _("It cannot be accepted as it is; change the place itself, or ask the sender. %(faults)s")
        raise ValidationError({"state": message % {"faults": " ".join(faults)}}) from error


def label(name: str) -> str:
    """A field of places as people call it."""
    known = field(name)
    return capfirst(str(known.verbose_name if known else name))


def field(name: str) -> Any:
    """The field of places called `name`, None for none."""
    return next((one for one in Place._meta.concrete_fields if one.name == name), None)


def carry_out(suggestion: Suggestion) -> None:
    """Bring an accepted suggestion into the register: a correction into its place, a proposal as a new draft.

    Raises:
        ValidationError: the values contradict the place as it is now; nothing changes.
    """
    place = _prepared(suggestion)
    if place is None:
        return
    if place.pk is None:
        place.number = identifiers.next_number("DD")
    place.save()
    user = suggestion.decided_by
    if place.latest_revision_id:  # the editor's screen shows the last revision: give it one
        revision = place.save_revision(user=user)
        if place.live:
            revision.publish(user=user)
    log(place, ACTION, user=user, data={"suggestion": suggestion.pk})
    suggestion.place = place


def tell(suggestion: Suggestion) -> None:
    """Write to the sender what was decided, in the language of the form; nothing where no e-mail address was given."""
    address = _address_of(suggestion.sender_contact)
    if not address:
        return
    with override(suggestion.language):
        send_mail(_("Your suggestion to the archive"), _letter(suggestion), None, [address], fail_silently=True)


def _letter(suggestion: Suggestion) -> str:
    place = suggestion.place
    name = languages.in_language(place, "name") if place else suggestion.values.get("name_vi", "")
    context: dict[str, Any] = {"suggestion": suggestion, "name": name}
    context["address"] = absolute(place.get_absolute_url()) if place and place.live else ""
    keeps = owners.keeps(suggestion) and place is not None and place.live
    context["own_address"] = owners.address(suggestion) if keeps else ""
    return render_to_string("maps/decision.txt", context)


def _address_of(contact: str) -> str:
    """The e-mail address in what the sender wrote, "" for none."""
    found = _E_MAIL.search(contact)
    try:
        validate_email(found[0] if found else "")
    except ValidationError:
        return ""
    return found[0] if found else ""
