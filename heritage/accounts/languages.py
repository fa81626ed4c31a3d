"""The language in which a member of staff reads the admin."""

from typing import Any

from wagtail.users.models import UserProfile


def language_of(user: Any) -> str:
    """`vi` or another of the admin's languages; Vietnamese where nobody said."""
    profile = UserProfile.objects.filter(user=user).first() if user else None
    return (profile.preferred_language if profile else "") or "vi"
