"""Issuing, withdrawing and resolving permanent identifiers."""

import re
import secrets
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError, models, transaction
from django.db.models import functions
from django.utils.translation import gettext_lazy as _

from heritage.core.models.identifier import Identifier, State

M = TypeVar("M", bound=models.Model)

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that a code can be read out and typed."""

NUMBER_PATTERN = r"[A-Z0-9][A-Z0-9.-]{0,38}[A-Z0-9]"
validate_number = RegexValidator(
    rf"\A{NUMBER_PATTERN}\Z",
    _("A number has 2 to 40 capital letters, digits, dots or hyphens, such as TN01 or DS-000123."),
)


def normalise_code(typed: str) -> str | None:
    """The code that a person meant: case, hyphens and the look-alikes I, L, O do not matter; None if it is none."""
    code = re.sub(r"[\s-]", "", typed).upper().translate(str.maketrans("ILO", "110"))
    return code if len(code) == 6 and all(letter in CROCKFORD for letter in code) else None


def new_code() -> str:
    return "".join(secrets.choice(CROCKFORD) for _position in range(6))


def issue(instance: models.Model, number: str) -> Identifier:
    """Give `instance` its permanent number and a fresh short code; the same instance keeps what it has.

    Raises:
        ValidationError: the number is malformed, or belongs to another object for ever.
    """
    validate_number(number)
    label = instance._meta.label_lower
    if own := Identifier.objects.filter(model=label, object_id=instance.pk).first():
        if own.number != number:
            raise ValidationError({"number": _("The number %(old)s is permanent.") % {"old": own.number}})
        return own
    for _attempt in range(20):
        try:
            with transaction.atomic():
                return Identifier.objects.create(number=number, code=new_code(), model=label, object_id=instance.pk)
        except IntegrityError:
            if Identifier.objects.filter(number=number).exists():
                message = _("The number %(number)s is taken and is never given twice.") % {"number": number}
                raise ValidationError({"number": message}) from None
    raise RuntimeError("No free short code in twenty attempts.")


def next_number(prefix: str) -> str:
    """The next free number such as `DS-000124`; numbers once issued, withdrawn ones too, are not given again."""
    last = Identifier.objects.filter(number__regex=rf"^{prefix}-\d{{6}}$").order_by("-number").first()
    return f"{prefix}-{int(last.number.rpartition('-')[2]) + 1 if last else 1:06d}"


def of(instance: models.Model) -> Identifier | None:
    return Identifier.objects.filter(model=instance._meta.label_lower, object_id=instance.pk).first()


def with_short_code(rows: models.QuerySet[M]) -> models.QuerySet[M]:
    """`rows` with their short codes as `short_code`, "" where a number is not active; spares a page one query."""
    own = Identifier.objects.filter(model=rows.model._meta.label_lower, object_id=models.OuterRef("pk"))
    code = models.Subquery(own.filter(state=State.ACTIVE).values("code")[:1])
    coded: models.QuerySet[M] = rows.annotate(short_code=functions.Coalesce(code, models.Value("")))  # type: ignore[assignment]
    return coded


def short_code(instance: models.Model) -> str:
    """The short code of what has an active number, else ""."""
    if not instance.pk:
        return ""
    known: str | None = getattr(instance, "short_code", None)
    if known is None:
        own = of(instance)
        known = own.code if own and own.state == State.ACTIVE else ""
    return known


def withdraw(instance: models.Model, reason_vi: str, reason_en: str = "") -> None:
    """Leave a tombstone: the addresses answer 410 with the reason from now on."""
    _set_state(instance, state=State.WITHDRAWN, reason_vi=reason_vi, reason_en=reason_en, successor=None)


def restore(instance: models.Model) -> None:
    _set_state(instance, state=State.ACTIVE, reason_vi="", reason_en="", successor=None)


def merge(instance: models.Model, into: models.Model, reason_vi: str, reason_en: str = "") -> None:
    """Leave a tombstone that leads to `into`."""
    successor = Identifier.objects.get(model=into._meta.label_lower, object_id=into.pk)
    _set_state(instance, state=State.MERGED, reason_vi=reason_vi, reason_en=reason_en, successor=successor)


def _set_state(instance: models.Model, **values: object) -> None:
    Identifier.objects.filter(model=instance._meta.label_lower, object_id=instance.pk).update(**values)
