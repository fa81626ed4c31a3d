"""Who may see what is asked in search and why hits stand where they do."""

from typing import Any

PERMISSION = "search.view_synonymgroup"


def may_see_reports(user: Any) -> bool:
    """Those who keep synonyms and promoted results: what is asked is what they work from."""
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin") and user.has_perm(PERMISSION))
