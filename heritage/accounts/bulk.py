"""Actions upon many objects at once, none of them outside the user's reach."""

from typing import Any

from django.db.models import Model
from django.utils.functional import classproperty
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models

from heritage.accounts.policies import policy_of
from heritage.accounts.registration import guarded_models


class ScopedBulkAction(SnippetBulkAction):
    """Objects the user may not see are as good as absent: Wagtail would name them as "without access"."""

    required_action = "change"

    @classmethod
    def is_offered_to(cls, user: Any) -> bool:
        """Whether any role of `user` allows it upon anything; which objects those are is asked of each."""
        return any(policy_of(model).user_has_permission(user, cls.required_action) for model in cls.models)

    def check_perm(self, obj: Model) -> bool:
        return bool(
            policy_of(self.model).user_has_permission_for_instance(self.request.user, self.required_action, obj)
        )

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        seen = policy_of(self.model).instances_user_has_permission_for(self.request.user, self.required_action)
        return seen.values_list("pk", flat=True)

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        wanted = self.request.GET.getlist("id")
        if "all" in wanted:
            wanted = list(self.get_all_objects_in_listing_query(None))
        keys = [int(key) for key in wanted if str(key).isdigit()]
        seen = policy_of(self.model).instances_user_has_permission_for(self.request.user, "view")
        objects = list(seen.filter(pk__in=keys))
        allowed = set(
            policy_of(self.model)
            .instances_user_has_permission_for(self.request.user, self.required_action)
            .filter(pk__in=[each.pk for each in objects])
            .values_list("pk", flat=True)
        )
        return (
            [each for each in objects if each.pk in allowed],
            {"items_with_no_access": [each for each in objects if each.pk not in allowed]},
        )


def forbid_deleting() -> None:
    """Take Wagtail's bulk deletion from guarded models; its page would besides name objects of other units."""

    def models_that_may_go(cls: type) -> list[type[Model]]:
        guarded = guarded_models()
        return [model for model in get_snippet_models() if model not in guarded]

    DeleteBulkAction.models = classproperty(models_that_may_go)
