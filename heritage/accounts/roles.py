"""What each role may do: the one table from which policies, groups and menus follow."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A post, held in an administrative unit and all units below it."""

    VIEWER = "viewer", _("viewer")
    COMMUNE_EDITOR = "commune_editor", _("commune editor")
    MUSEUM_EDITOR = "museum_editor", _("museum editor")
    REVIEWER = "reviewer", _("reviewer")
    DEPARTMENT_EDITOR = "department_editor", _("department editor")
    LIBRARIAN = "librarian", _("librarian")
    TOURISM_OFFICER = "tourism_officer", _("tourism officer")
    ADMINISTRATOR = "administrator", _("administrator")


class Action(StrEnum):
    """What a policy is asked. Nobody is granted DELETE: records are withdrawn, never deleted."""

    VIEW = "view"
    ADD = "add"
    CHANGE = "change"
    REVIEW = "review"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    LOCK = "lock"
    UNLOCK = "unlock"
    SEE_PRIVATE = "see_private"
    DELETE = "delete"


ANY_ACTION = tuple(action.value for action in Action)

VIEW = frozenset({Action.VIEW})
EDIT = VIEW | {Action.ADD, Action.CHANGE, Action.SEE_PRIVATE}
REVIEW = VIEW | {Action.CHANGE, Action.REVIEW, Action.LOCK, Action.UNLOCK, Action.SEE_PRIVATE}
PUBLISH = EDIT | REVIEW | {Action.PUBLISH, Action.WITHDRAW}

EVERYWHERE = "*"
"""Stands for every area that a role's row does not name, but not for personal data."""

PERSONAL = frozenset({"readers", "senders", "people"})
"""Areas of personal data: open only to roles whose row names them."""

GRANTS: Mapping[Role, Mapping[str, frozenset[Action]]] = {
    Role.VIEWER: {EVERYWHERE: VIEW},
    Role.COMMUNE_EDITOR: {"catalog": EDIT, "people": EDIT, "iiif": EDIT, "maps": EDIT, EVERYWHERE: VIEW},
    Role.MUSEUM_EDITOR: {"catalog": EDIT, "people": EDIT, "iiif": PUBLISH, EVERYWHERE: VIEW},
    Role.REVIEWER: {"catalog": REVIEW, "people": VIEW, "iiif": REVIEW, "maps": REVIEW, EVERYWHERE: VIEW},
    Role.DEPARTMENT_EDITOR: {"library": VIEW, "senders": PUBLISH, "people": PUBLISH, EVERYWHERE: PUBLISH},
    Role.LIBRARIAN: {"library": PUBLISH, "readers": PUBLISH, "iiif": EDIT, EVERYWHERE: VIEW},
    Role.TOURISM_OFFICER: {"maps": PUBLISH, "senders": PUBLISH, EVERYWHERE: VIEW},
    Role.ADMINISTRATOR: {"readers": PUBLISH, "senders": PUBLISH, "people": PUBLISH, EVERYWHERE: PUBLISH},
}
"""By role, then by area: the label of the app that a model belongs to, or the model's own `rights_area`."""


def area_of(model: type[models.Model]) -> str:
    """The area of a model: what its class attribute `rights_area` says, else its app's label."""
    return getattr(model, "rights_area", None) or model._meta.app_label


def granted(role: str, area: str) -> frozenset[Action]:
    """The actions that `role` may do upon objects of `area`, in the units where it is held."""
    row = GRANTS[Role(role)]
    return row.get(area, frozenset() if area in PERSONAL else row.get(EVERYWHERE, frozenset()))


def roles_granting(area: str, actions: object) -> frozenset[str]:
    """The roles that may do any of `actions` upon objects of `area`."""
    wanted = {str(action) for action in actions}  # type: ignore[attr-defined]
    return frozenset(role.value for role in Role if wanted & {str(action) for action in granted(role, area)})
