"""Who may change the rules of lending: whoever publishes in the area of readers, so librarians and administrators."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from heritage.accounts.policies import policy_of, roles_of
from heritage.accounts.roles import Action, area_of, granted
from heritage.library.models import LibrarySettings, ReaderCard
from heritage.places.models.unit import Level


class RulesPolicy(BasePermissionPolicy):
    """The rules bind the whole province: a role held in one commune does not reach them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if not getattr(user, "is_active", False):
            return False
        return user.is_superuser or any(
            (held.unit is None or held.unit.level == Level.PROVINCE)
            and Action.PUBLISH in granted(held.role, area_of(ReaderCard))
            for held in roles_of(user)
        )

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        return self.user_has_permission(user, action)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        return policy_of(ReaderCard).users_with_any_permission([Action.PUBLISH.value])


def register_rules_policy() -> None:
    """Before anything asks Wagtail for the policy."""
    register_permission_policy(LibrarySettings, RulesPolicy(LibrarySettings))
