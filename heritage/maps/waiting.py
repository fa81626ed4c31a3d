"""Suggestions of visitors and owners among the tasks of whoever decides on them."""

from collections.abc import Iterator
from typing import Any

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog.moderation import tasks
from heritage.maps.models import Suggestion


def suggestions(user: Any) -> Iterator[tasks.Task]:
    """Those that `user` may decide on, the oldest first."""
    within_reach = policy_of(Suggestion).instances_user_has_permission_for(user, Action.CHANGE)
    rows = within_reach.filter(state=Suggestion.State.NEW).select_related("place").order_by("created_at", "pk")
    for one in rows[: tasks.MOST]:
        yield tasks.Task(tasks.SENT, one, one.created_at, one.sender_name, one.message)
