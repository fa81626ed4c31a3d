"""Child rows that count only once somebody who may publish has confirmed them."""

from typing import Any

from django.utils.functional import cached_property

from heritage.accounts.forms import adjust_forms
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action


class RowsToConfirm:
    """For a form before `OwnUnitsForm`: who may not publish records rows of `rows_to_confirm` for others to confirm."""

    rows_to_confirm: str
    instance: Any
    formsets: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (rows := self.formsets.get(self.rows_to_confirm)) is not None:
            adjust_forms(rows, self._guard_confirmation)

    def needs_confirming(self, changed: set[str]) -> bool:
        """Whether a row of which these fields were changed has to be confirmed anew."""
        raise NotImplementedError

    def unconfirm_changed(self) -> None:
        """To be called before the form saves."""
        for row in self.formsets[self.rows_to_confirm].forms if not self._may_confirm else []:
            if self.needs_confirming(set(row.changed_data)):
                row.instance.is_confirmed = False

    def _guard_confirmation(self, row: Any) -> None:
        if "is_confirmed" in row.fields and not self._may_confirm:
            row.fields["is_confirmed"].disabled = True
            row.initial["is_confirmed"] = bool(row.instance.pk and row.instance.is_confirmed)

    @cached_property
    def _may_confirm(self) -> bool:
        user = getattr(self, "for_user", None)
        if user is None:
            return True
        policy = policy_of(type(self.instance))
        if self.instance.pk:
            return policy.user_has_permission_for_instance(user, Action.PUBLISH.value, self.instance)
        return policy.user_has_permission(user, Action.PUBLISH.value)
