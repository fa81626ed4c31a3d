"""What must hold before a thing with a permanent number is withdrawn, merged or split; each register asks it here."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from heritage.core import identifiers
from heritage.core.models.identifier import State


def has_ended(thing: Model) -> bool:
    """Whether `thing` is withdrawn or merged; its number leads to a tombstone."""
    own = identifiers.of(thing)
    return own is not None and own.state != State.ACTIVE


def check_reason(reason_vi: str) -> None:
    """Raises `ValidationError` on `reason_vi` where nothing is said."""
    if not reason_vi.strip():
        raise ValidationError({"reason_vi": _("Say why: the public page will show it.")})


def check_standing(thing: Model) -> None:
    """Raises `ValidationError` where `thing` is withdrawn or merged."""
    if has_ended(thing):
        raise ValidationError(_("%(thing)s is withdrawn or merged; restore it first.") % {"thing": thing})


def check_target(thing: Model, into: Model) -> None:
    """Raises `ValidationError` on `into` where it cannot take up `thing`: the same one, or withdrawn or merged."""
    if thing.pk == into.pk:
        raise ValidationError({"into": _("%(thing)s cannot be merged into itself.") % {"thing": thing}})
    try:
        check_standing(into)
    except ValidationError as error:
        raise ValidationError({"into": error.messages}) from None


def check_name(model: type[Model], name_vi: str) -> None:
    """Raises `ValidationError` on `name_vi` where the new one of `model` has none."""
    if not name_vi.strip():
        message = _("Give the new %(thing)s a name.") % {"thing": model._meta.verbose_name}
        raise ValidationError({"name_vi": message})
