"""Django's own accounts in fewer queries: each page of the admin asks for user, profile and permissions."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.db.models import Q


class AccountBackend(ModelBackend):
    """The user with the profile that every screen of Wagtail reads; permissions of user and groups in one query."""

    def get_user(self, user_id: Any) -> Any:
        users = get_user_model()._default_manager.select_related("wagtail_userprofile")
        user = users.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            groups = Group.permissions.through._default_manager.filter(group__user=user_obj)
            own = type(user_obj).user_permissions.through._default_manager.filter(user=user_obj)
            held = Q(pk__in=groups.values("permission")) | Q(pk__in=own.values("permission"))
            names = Permission.objects.filter(held).order_by().values_list("content_type__app_label", "codename")
            user_obj._perm_cache = {f"{label}.{codename}" for label, codename in names}
        return user_obj._perm_cache
