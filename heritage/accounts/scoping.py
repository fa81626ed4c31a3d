"""Making Wagtail's admin views ask the policy about the very object.

Wagtail 8.0.1 asks most of its snippet views' permissions for the model as a whole. Every such view is built by
`ViewSet.construct_view`, so every view is wrapped there (`heritage.accounts.viewsets`).
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from wagtail.coreutils import resolve_model_string
from wagtail.permissions import policy_registry

from heritage.accounts.forms import offered
from heritage.accounts.policies import UnitPermissionPolicy
from heritage.accounts.roles import ANY_ACTION

Answers = dict[tuple[Any, ...], bool]


class PolicyForObject:
    """A policy that answers questions about the model with what is true of one object.

    Given `answers`, a dictionary that lives as long as a request which changes nothing, it asks the database once.
    """

    def __init__(self, policy: UnitPermissionPolicy, instance: Model, answers: Answers | None = None) -> None:
        self._policy = policy
        self._instance = instance
        self._answers = answers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._policy, name)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        ask = self._policy.user_has_any_permission_for_instance
        remembers = self._answers is not None and user.is_authenticated and not user.is_superuser
        held = frozenset(each.pk for each in self._policy.roles_for(user, actions)) if remembers else frozenset()
        if not held or self._answers is None:  # then the answer needs no query
            return ask(user, actions, self._instance)
        key = (user.pk, self._instance.pk, held)
        if key not in self._answers:
            self._answers[key] = ask(user, actions, self._instance)
        return self._answers[key]


class ScopedView:
    """Mixed in before a Wagtail view: questions about "publish", "lock" and the like are about the view's object."""

    @property
    def permission_policy(self) -> Any:
        model = resolve_model_string(self.model)  # type: ignore[attr-defined]
        policy = policy_registry.get_by_type(model)
        instance = getattr(self, "object", None)
        if isinstance(instance, model) and instance.pk and isinstance(policy, UnitPermissionPolicy):
            return PolicyForObject(policy, instance, self._answers())
        return policy

    def _answers(self) -> Answers | None:
        request: Any = getattr(self, "request", None)
        if request is None or request.method not in ("GET", "HEAD"):
            return None
        return self.__dict__.setdefault("_answers_given", {})

    with_public = False

    def refuse_unseen(self, instance: Any) -> Any:
        """`instance`, if the user may do anything with it at all."""
        policy = policy_registry.get(instance)
        user = self.request.user  # type: ignore[attr-defined]
        if self.with_public and getattr(instance, "live", False):
            return instance
        if isinstance(policy, UnitPermissionPolicy):
            policy = PolicyForObject(policy, instance, self._answers())
            allowed = not instance.pk or policy.user_has_any_permission(user, ANY_ACTION)
        else:
            allowed = not instance.pk or policy.user_has_any_permission_for_instance(user, ANY_ACTION, instance)
        if not allowed:
            raise PermissionDenied
        return instance

    def only_seen(self, queryset: QuerySet) -> QuerySet:
        """`queryset` without the objects that the user may not see; lists of other things pass unchanged."""
        policy = policy_registry.get_by_type(resolve_model_string(self.model))  # type: ignore[attr-defined]
        if queryset.model is not policy.model or not isinstance(policy, UnitPermissionPolicy):
            return queryset
        user = self.request.user  # type: ignore[attr-defined]
        return queryset.filter(offered(queryset.model, user) if self.with_public else policy.condition(user))


def _checked_object(view_class: type) -> dict[str, Any]:
    def get_object(self: Any, *args: Any, **kwargs: Any) -> Any:
        instance = view_class.get_object(self, *args, **kwargs)  # type: ignore[attr-defined]
        return None if instance is None else self.refuse_unseen(instance)

    return {"get_object": get_object}


def _filtered(view_class: type, name: str) -> dict[str, Any]:
    def get_rows(self: Any, *args: Any, **kwargs: Any) -> Any:
        return self.only_seen(getattr(view_class, name)(self, *args, **kwargs))

    get_rows.__name__ = name
    return {name: get_rows}


def _own_task_state(view_class: type) -> dict[str, Any]:
    def get_task_state(self: Any) -> Any:
        """The state named in the address must be this object's: else one's own object opens everybody's task."""
        state = view_class.get_task_state(self)  # type: ignore[attr-defined]
        if state is not None and str(state.workflow_state.object_id) != str(self.object.pk):
            raise Http404
        return state

    return {"get_task_state": get_task_state}


def scoped(view_class: type, with_public: bool = False) -> type:
    """`view_class`, refusing objects and hiding rows to which the user has no right.

    A chooser also offers what is public (`with_public`): a festival here may point to a temple there.
    """
    attributes: dict[str, Any] = {"with_public": with_public}
    if hasattr(view_class, "get_object"):
        attributes |= _checked_object(view_class)
    for name in ("get_base_queryset", "get_object_list", "get_objects"):
        if hasattr(view_class, name):
            attributes |= _filtered(view_class, name)
    if hasattr(view_class, "get_task_state"):
        attributes |= _own_task_state(view_class)
    return type(view_class.__name__, (ScopedView, view_class), {**attributes, "__module__": view_class.__module__})
