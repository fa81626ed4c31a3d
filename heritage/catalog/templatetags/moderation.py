"""What the pages of moderation ask while they are open."""

from typing import Any

from django import template
from django.utils.timezone import localtime
from wagtail.admin.utils import get_user_display_name

from heritage.catalog.moderation import holding

register = template.Library()


@register.simple_tag
def held_by_other(session: Any) -> dict[str, Any] | None:
    """Of an editing session: who else has its object in hand, and since when.

    Empty where nobody else has; None where objects of that kind are not held, and where the page has just come.
    """
    if getattr(session, "is_just_opened", False):
        return None
    rows = holding.rows_of(session.content_type, session.object_id)
    if not rows.exists():
        return None
    hold = holding.in_force(rows.exclude(user=session.user_id)).first()
    return {"name": get_user_display_name(hold.user), "since": localtime(hold.since)} if hold else {}
