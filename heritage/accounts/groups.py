"""One Django group for each role, kept in step with the table of grants.

Wagtail asks groups for what has no administrative unit: the admin itself, images, documents, pages. Nobody makes these
groups by hand: `synchronise` writes them after every migration, and a user's roles decide which of them the user is in.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    DraftStateMixin,
    GroupCollectionPermission,
    GroupPagePermission,
    LockableMixin,
    Page,
)

from heritage.accounts.models.unit_role import UnitRole
from heritage.accounts.policies import forget_roles
from heritage.accounts.registration import guarded_models
from heritage.accounts.roles import Action, Role, area_of, granted

PREFIX = "role:"
DJANGO_ACTIONS = ("view", "add", "change", "publish", "lock", "unlock")
MACHINERY = ("contenttypes", "sessions")
FILES = ("archiveimage", "archivedocument")
KEEPERS_OF_FILES = frozenset(Role) - {Role.VIEWER, Role.REVIEWER}
PAGE_ACTIONS = {
    Role.DEPARTMENT_EDITOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    Role.LIBRARIAN: ("add_page", "change_page"),
    Role.TOURISM_OFFICER: ("add_page", "change_page"),
    Role.MUSEUM_EDITOR: ("add_page", "change_page"),
    Role.ADMINISTRATOR: ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
}


def group_of(role: str) -> Group:
    """The group that stands for `role`."""
    return Group.objects.get_or_create(name=f"{PREFIX}{role}")[0]


@transaction.atomic
def synchronise() -> None:
    """Write every role's group anew: what it may do with objects, files and pages."""
    _make_permissions()
    for role in Role:
        group = group_of(role)
        group.permissions.set(_permissions(role))
        _synchronise_files(group, role)
        _synchronise_pages(group, role)


def synchronise_user(user: Any) -> None:
    """Put `user` into the groups of the roles held, and out of those of roles lost."""
    roles = set(UnitRole.objects.filter(user=user).values_list("role", flat=True))
    others = user.groups.exclude(name__startswith=PREFIX)
    user.groups.set([*others, *(group_of(role) for role in sorted(roles))])
    forget_roles(user)


def _permissions(role: Role) -> Iterable[Permission]:
    if role == Role.ADMINISTRATOR:
        deletions = Q(codename__startswith="delete_", content_type__in=_guarded_types())
        deletions |= Q(codename="delete_user")  # an account is closed; its name stays in the history
        return Permission.objects.exclude(deletions).exclude(content_type__app_label__in=MACHINERY)
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for model in guarded_models():
        may = granted(role, area_of(model)) & {Action(name) for name in DJANGO_ACTIONS}
        names = [f"{action}_{model._meta.model_name}" for action in may]
        wanted |= Q(content_type__app_label=model._meta.app_label, codename__in=names)
    for model in apps.get_models():  # what belongs to no unit says itself which roles keep it
        if role.value in getattr(model, "kept_by_roles", ()):
            names = [f"{action}_{model._meta.model_name}" for action in ("view", "add", "change", "delete")]
            wanted |= Q(content_type__app_label=model._meta.app_label, codename__in=names)
    return Permission.objects.filter(wanted)


def _make_permissions() -> None:
    """Django makes no "publish" or "lock" by itself, and Wagtail only for models that already have their screens."""
    for model, content_type in ContentType.objects.get_for_models(*guarded_models(), for_concrete_models=False).items():
        actions = ["publish"] if issubclass(model, DraftStateMixin) else []
        actions += ["lock", "unlock"] if issubclass(model, LockableMixin) else []
        for action in actions:
            Permission.objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model._meta.model_name}",
                defaults={"name": f"Can {action} {model._meta.verbose_name_raw}"},
            )


def _guarded_types() -> list[ContentType]:
    return list(ContentType.objects.get_for_models(*guarded_models(), for_concrete_models=False).values())


def _synchronise_files(group: Group, role: Role) -> None:
    root = Collection.get_first_root_node()
    if root is None:
        return
    actions = ("add", "change", "choose") if role in KEEPERS_OF_FILES else ("choose",)
    names = [f"{action}_{kind.removeprefix('archive')}" for action in actions for kind in FILES]
    names += [f"{action}_{kind}" for action in actions for kind in FILES]
    permissions = Permission.objects.filter(content_type__app_label="core", codename__in=names)
    GroupCollectionPermission.objects.filter(group=group, collection=root).exclude(permission__in=permissions).delete()
    for permission in permissions:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _synchronise_pages(group: Group, role: Role) -> None:
    root = Page.get_first_root_node()
    if root is None:
        return
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_ACTIONS.get(role, ())
    )
    GroupPagePermission.objects.filter(group=group, page=root).exclude(permission__in=permissions).delete()
    for permission in permissions:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
