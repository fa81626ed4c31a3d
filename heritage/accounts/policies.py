"""The policy that guards every road to an object that belongs to administrative units."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.functional import cached_property
from wagtail.permission_policies.base import BasePermissionPolicy

from heritage.accounts import coverage
from heritage.accounts.kinds import path_of
from heritage.accounts.models.unit_role import UnitRole
from heritage.accounts.roles import ANY_ACTION, Action, area_of, granted, roles_granting
from heritage.places.models.unit import Level

NOTHING = Q(pk__in=[])
EVERYTHING = Q()


class UnitPermissionPolicy(BasePermissionPolicy):
    """Asks the roles that a user holds in units.

    The model says to which units an object belongs by its class attribute `unit_fields`, look-ups from the object to
    `places.Unit` such as `("unit", "shared_units")` or `("record__unit",)`. An object of no unit yet is the
    business of the province. Answers for a saved object are read from the database, never from a form's copy of it.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        wanted = _names(actions)
        if not wanted or not _is_active(user):
            return False
        return user.is_superuser or any(wanted & granted(held.role, self.area) for held in roles_of(user))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: models.Model) -> bool:
        condition = self.condition(user, actions)
        if condition is NOTHING or condition is EVERYTHING:
            return condition is EVERYTHING
        if instance.pk is None:  # being made: whoever may add may fill it in; its form offers the own units only
            return True
        return self.model._base_manager.filter(condition, pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        return self.model._default_manager.filter(self.condition(user, actions))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        wanted = _names(actions)
        holders = UnitRole.objects.filter(role__in=roles_granting(self.area, wanted)).values("user")
        return _active_users(Q(pk__in=holders) | Q(is_superuser=True) if wanted else NOTHING)

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: models.Model) -> QuerySet:
        wanted = _names(actions)
        if not wanted:
            return _active_users(NOTHING)
        units = self.units_of(instance)
        reaching = Q(unit=None) | (Q(unit__in=coverage.units_above(units)) if units else Q(unit__level=Level.PROVINCE))
        held = UnitRole.objects.filter(reaching, role__in=roles_granting(self.area, wanted))
        kinds = self._kinds_of(instance)
        holders = {each.user_id for each in held if not self.confined_to(each) or kinds & set(each.kinds)}
        return _active_users(Q(pk__in=holders) | Q(is_superuser=True))

    def condition(self, user: Any, actions: Iterable[str] = ANY_ACTION) -> Q:
        """What is true of the objects upon which `user` may do any of `actions`; combine it with any queryset."""
        wanted = _names(actions)
        if not wanted or not _is_active(user):
            return NOTHING
        if user.is_superuser:
            return EVERYTHING
        held = self.roles_for(user, wanted)
        if not held:
            return NOTHING
        free = [each for each in held if not self.confined_to(each)]
        if any(each.unit_id is None for each in free):
            return EVERYTHING
        parts = [self._within(user, free)] if free else []
        for kinds in sorted({self.confined_to(each) for each in held} - {()}):
            within = self._within(user, [each for each in held if self.confined_to(each) == kinds])
            parts.append(within & self._of_kinds(kinds))
        return reduce(or_, parts)

    def confined_to(self, held: UnitRole) -> tuple[str, ...]:
        """The kinds to which a role is confined among objects of this model; none: it is not."""
        return tuple(sorted(held.kinds)) if self.kind_field else ()

    def _within(self, user: Any, held: list[UnitRole]) -> Q:
        """Objects in the units of these roles, whatever their kind."""
        if any(each.unit_id is None for each in held):
            return EVERYTHING
        condition = self._in_units(units_reached(user, frozenset(each.unit_id for each in held if each.unit_id)))
        of_province = any(each.unit and each.unit.level == Level.PROVINCE for each in held)
        return condition | self._unplaced() if of_province else condition

    def roles_for(self, user: Any, actions: Iterable[str]) -> list[UnitRole]:
        """The roles of `user` that grant any of `actions`: the same roles give the same answer about an object."""
        wanted = _names(actions)
        return [each for each in roles_of(user) if wanted & granted(each.role, self.area)]

    def units(self, user: Any, actions: Iterable[str]) -> frozenset[int]:
        """Keys of the units reached by roles of `user` that grant any of `actions`; by those for all units, none."""
        held = self.roles_for(user, actions)
        return units_reached(user, frozenset(each.unit_id for each in held if each.unit_id))

    def units_of(self, instance: models.Model) -> set[int]:
        """Primary keys of the units to which a saved object belongs."""
        rows = self.model._base_manager.filter(pk=instance.pk)
        return {pk for field in self.unit_fields for pk in rows.values_list(field, flat=True) if pk is not None}

    def _kinds_of(self, instance: models.Model) -> set[str]:
        """Of a saved object, as the database has it; none where objects of the model are of no kind."""
        rows = self.model._base_manager.filter(pk=instance.pk).order_by()
        return (
            {str(kind) for kind in rows.values_list(self.kind_field, flat=True) if kind} if self.kind_field else set()
        )

    def _of_kinds(self, kinds: tuple[str, ...]) -> Q:
        condition = Q(**{f"{self.kind_field}__in": kinds})
        if not self._is_multiple(self.kind_field):
            return condition
        return Q(pk__in=self.model._base_manager.filter(condition).order_by().values("pk"))

    @cached_property
    def kind_field(self) -> str:
        return path_of(self.model)

    @property
    def area(self) -> str:
        return area_of(self.model)

    @property
    def unit_fields(self) -> tuple[str, ...]:
        return tuple(self.model.unit_fields)

    def _in_units(self, units: frozenset[int]) -> Q:
        if not units:
            return NOTHING
        condition, keys = Q(), keys_in_sql(units)
        for field in self.unit_fields:
            if self._is_multiple(field):
                condition |= self._linked(field, keys)
            else:
                condition |= Q(**{f"{field}__in": keys})
        return condition

    def _unplaced(self) -> Q:
        condition = Q()
        for field in self.unit_fields:
            if self._is_multiple(field):
                condition &= ~self._linked(field)
            else:
                condition &= Q(**{f"{field}__isnull": True})
        return condition

    def _linked(self, field: str, keys: Any = None) -> Q:
        """Objects with units by a field of many, of `keys` if given: a sub-query, so that no object is counted twice.

        It reads the table of the links alone: with the objects beside it, all of them would be gone through.
        """
        *path, last = field.split("__")
        model: Any = self.model
        for name in path:
            model = model._meta.get_field(name).related_model
        link = model._meta.get_field(last)
        rows = link.remote_field.through._base_manager.all()
        if keys is not None:
            rows = rows.filter(**{f"{link.m2m_reverse_field_name()}__in": keys})
        return Q(**{f"{'__'.join(path) or 'pk'}__in": rows.order_by().values(link.m2m_field_name())})

    def _is_multiple(self, field: str) -> bool:
        model: Any = self.model
        for name in field.split("__"):
            part = model._meta.get_field(name)
            if part.many_to_many or part.one_to_many:
                return True
            model = part.related_model
        return False


def keys_in_sql(units: frozenset[int]) -> RawSQL:
    """The keys as they stand in SQL: hundreds of parameters, prepared several times, were a tenth of a page's time."""
    return RawSQL(", ".join(str(int(pk)) for pk in sorted(units)), ())  # noqa: S611, whole numbers only


def policy_of(model: type[models.Model]) -> UnitPermissionPolicy:
    """The policy of a model that has `unit_fields`."""
    from wagtail.permissions import policy_registry

    policy = policy_registry.get_by_type(model)
    if not isinstance(policy, UnitPermissionPolicy):
        raise TypeError(f"{model._meta.label} has no `unit_fields`.")
    return policy


def roles_of(user: Any) -> list[UnitRole]:
    """The roles a user holds, read once for each request (a user object lives as long as its request)."""
    if not hasattr(user, "_unit_roles_held"):
        user._unit_roles_held = list(UnitRole.objects.filter(user=user).select_related("unit"))
    return user._unit_roles_held


def units_reached(user: Any, roots: frozenset[int]) -> frozenset[int]:
    """The units below `roots`, found once for each request."""
    if not hasattr(user, "_units_reached"):
        user._units_reached = {}
    if roots not in user._units_reached:
        user._units_reached[roots] = coverage.units_below(roots)
    return user._units_reached[roots]


def forget_roles(user: Any) -> None:
    """Let the next question read the user's roles anew."""
    for name in ("_unit_roles_held", "_units_reached", "_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        if hasattr(user, name):
            delattr(user, name)


def _names(actions: Iterable[str]) -> frozenset[str]:
    return frozenset(str(action) for action in actions) - {Action.DELETE.value}


def _is_active(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


def _active_users(condition: Q) -> QuerySet:
    return get_user_model()._default_manager.filter(condition, is_active=True)
