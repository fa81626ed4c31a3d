"""Settings of a public installation; it refuses to start with an insecure default and says which."""

from django.core.exceptions import ImproperlyConfigured

from heritage.settings.base import *  # noqa: F403
from heritage.settings.base import ALLOWED_HOSTS, BASE_URL, SECRET_KEY, env


def insecure_defaults(secret_key: str, allowed_hosts: list[str], base_url: str) -> list[str]:
    """What must be set before this may face the public, one sentence for each setting."""
    found = []
    if len(secret_key) < 50 or secret_key.startswith("insecure"):
        found.append("SECRET_KEY: set a random value of at least 50 characters.")
    if not allowed_hosts or "*" in allowed_hosts:
        found.append("ALLOWED_HOSTS: name the host names of this site, separated by commas; '*' is not accepted.")
    if not base_url.startswith("https://"):
        found.append("BASE_URL: give the public address of this site, beginning with https://.")
    return found


if problems := insecure_defaults(SECRET_KEY, ALLOWED_HOSTS, BASE_URL):
    raise ImproperlyConfigured("The archive does not start with insecure defaults:\n- " + "\n- ".join(problems))

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=600)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
