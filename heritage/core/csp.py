"""The content security policy of public pages; the admin keeps Wagtail's own way of working."""

from csp.middleware import CSPMiddleware


class PublicPolicyMiddleware(CSPMiddleware):
    """django-csp's middleware under the archive's name, so that settings speak of one place.

    A view may loosen or tighten its own answer with django-csp's decorators (`csp_update`, `csp_replace`).
    """
