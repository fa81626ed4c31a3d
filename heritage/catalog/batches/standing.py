"""Many records public, not public, or withdrawn."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from heritage.accounts.batches import BatchAction, Values
from heritage.accounts.roles import Action
from heritage.catalog import services
from heritage.catalog.admin.states import RecordState, with_state
from heritage.catalog.admin.withdrawal import WithdrawForm
from heritage.catalog.models import Record
from heritage.catalog.moderation import reasons
from heritage.catalog.publication import Problems, Told, publish_many

GONE = (RecordState.WITHDRAWN, RecordState.MERGED)


def _rows(records: QuerySet) -> QuerySet:
    return with_state(records).select_related("latest_revision", "live_revision")


def _now(record: Any, _values: Values) -> str:
    return str(RecordState(record.state).label)


def _published(_record: Any, _values: Values) -> str:
    return str(RecordState.PUBLIC.label)


def _not_public(record: Any, values: Values) -> str:
    return str(RecordState.DRAFT.label) if record.live else _now(record, values)


def _withdrawn(record: Any, values: Values) -> str:
    return _now(record, values) if record.state in GONE else str(RecordState.WITHDRAWN.label)


def _standing(record: Any, _values: Values) -> dict[str, Any]:
    """A public version that no revision holds gets one first, so that it can be found again."""
    services.keep_public_version(record)
    return {"live": record.live, "revision": record.live_revision_id, "gone": record.state in GONE}


def _publish(records: list[Record], _values: Values, user: Any, told: Told) -> Problems:
    """A change of what is public that nobody has given a reason for is not published unseen among others."""
    changed = (each for each in records if each.live and each.has_unpublished_changes)
    said = _t("It is public, and it is not said why it was changed. Open it, say why, and publish it there.")
    unsaid = {each.pk: said for each in changed if reasons.is_needed(each)}
    return unsaid | publish_many([each for each in records if each.pk not in unsaid], user, told)


def _unpublish(record: Record, _values: Values, user: Any) -> None:
    services.unpublish(record, user)


def _withdraw(record: Record, values: Values, user: Any) -> None:
    services.withdraw(record, values["reason_vi"], values["reason_en"], user)


def _back(record: Any, before: dict[str, Any], user: Any) -> None:
    """As it stood before: the version that was public then is public again, and no other."""
    record = Record.objects.get(pk=record.pk)
    if not before["live"]:
        services.unpublish(record, user)
    else:
        Revision.objects.get(pk=before["revision"]).publish(user=user, skip_permission_checks=True)


def _restore(record: Any, before: dict[str, Any], user: Any) -> None:
    services.lift_tombstone(record, user)
    if before["live"]:
        _back(record, before, user)


ACTIONS = (
    BatchAction(
        "publish", Record, _("Publish"), Action.PUBLISH, _now, _published, apply_many=_publish, prepared=_rows,
        snapshot=_standing, undo=_back, step=100,
    ),
    BatchAction(
        "unpublish", Record, _("Make not public"), Action.PUBLISH, _now, _not_public, _unpublish, prepared=_rows,
        snapshot=_standing, undo=_back, is_serious=True,
    ),
    BatchAction(
        "withdraw", Record, _("Withdraw"), Action.WITHDRAW, _now, _withdrawn, _withdraw, form=WithdrawForm,
        prepared=_rows, snapshot=_standing, undo=_restore, is_serious=True,
    ),
)  # fmt: skip
