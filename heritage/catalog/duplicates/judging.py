"""What people say of a likely pair; each leaves a line in the history of both records."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.catalog.models import LikelyPair


@transaction.atomic
def dismiss(pair: LikelyPair, reason: str, user: Any) -> LikelyPair:
    """Say that the two are two.

    Raises:
        ValidationError: no reason is given.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say what tells the two apart: whoever finds them next will read it.")})
    pair.dismissed_at, pair.dismissed_by, pair.reason = timezone.now(), user, reason.strip()[:300]
    pair.save(update_fields=["dismissed_at", "dismissed_by", "reason"])
    _tell(pair, user, {"not_the_same": pair.reason})
    return pair


@transaction.atomic
def open_again(pair: LikelyPair, user: Any) -> LikelyPair:
    """Ask about the two once more."""
    pair.dismissed_at, pair.dismissed_by, pair.reason = None, None, ""
    pair.save(update_fields=["dismissed_at", "dismissed_by", "reason"])
    _tell(pair, user, {"perhaps_the_same": True})
    return pair


def _tell(pair: LikelyPair, user: Any, data: dict[str, Any]) -> None:
    for record, other in ((pair.first, pair.second), (pair.second, pair.first)):
        log(record, "catalog.duplicate", user=user, data={**data, "other": other.number})
