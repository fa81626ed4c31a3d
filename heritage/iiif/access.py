"""Access: may this visitor see this object? Asked on every road, before any cache is looked at."""

from typing import Any

from django.http import HttpRequest
from wagtail.permissions import policy_registry

from heritage.iiif.models import Access, DigitalObject

ANY_ACTION = ("view", "add", "change", "delete", "publish")


def status_for(request: HttpRequest, digital_object: DigitalObject) -> int:
    """200 where the visitor may see it; 404 for a closed object; 401 or 403 for one that is for staff only."""
    if digital_object.access == Access.OPEN:
        return 200
    if digital_object.access == Access.CLOSED:
        return 404
    user: Any = request.user
    if not user.is_authenticated:
        return 401
    return 200 if is_for(user, digital_object) else 403


def is_for(user: Any, digital_object: DigitalObject) -> bool:
    """Whether a member of staff has any right to the object, as the policy for its units says."""
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    policy = policy_registry.get_by_type(DigitalObject)
    return user.is_superuser or policy.user_has_any_permission_for_instance(user, ANY_ACTION, digital_object)
