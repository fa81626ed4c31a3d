"""What a manifest or info.json says of how to get in: Authorization Flow 2.0, and Authentication 1.0 beside it.

Mirador 4 and Universal Viewer 4 read the first version only.
"""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from heritage.core.addresses import absolute
from heritage.iiif import addresses
from heritage.iiif.models import Audience

CONTEXT = "http://iiif.io/api/auth/2/context.json"
CONTEXT_1 = "http://iiif.io/api/auth/1/context.json"
PROFILE_1 = "http://iiif.io/api/auth/1"

LOG_IN = gettext_noop("Log in")
HEADING = gettext_noop("This picture is not open to everybody")
NOTES = {
    Audience.REDUCED: gettext_noop("Everybody sees a reduced size. Staff see the picture in full after logging in."),
    Audience.STAFF: gettext_noop("Staff see this picture after logging in."),
    Audience.ON_SITE: gettext_noop("This picture is shown in the reading room. Staff see it after logging in."),
}
REFUSED = gettext_noop("You have no right to this picture")


def services(image_identifier: str, audience: str) -> list[dict[str, Any]]:
    """The services beside an image service; none for an image that everybody sees in full."""
    if audience == Audience.FULL:
        return []
    return [probe(image_identifier, audience), *versions_1(audience)]


def probe(image_identifier: str, audience: str) -> dict[str, Any]:
    """The probe service with its access services (version 2.0, sections 3 to 5)."""
    active = _access("active", audience)
    access = [_access("external", audience), active] if audience == Audience.ON_SITE else [active]
    return {
        "@context": CONTEXT,
        "id": addresses.probe_url(image_identifier),
        "type": "AuthProbeService2",
        "errorHeading": in_both(HEADING),
        "errorNote": in_both(NOTES[Audience(audience)]),
        "service": access,
    }


def _access(profile: str, audience: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "AuthAccessService2",
        "profile": profile,
        "label": in_both(LOG_IN),
        "service": [
            {
                "id": absolute("/iiif/auth/token"),
                "type": "AuthAccessTokenService2",
                "errorHeading": in_both(REFUSED),
                "errorNote": in_both(NOTES[Audience(audience)]),
            }
        ],
    }
    if profile == "active":
        found["id"] = absolute("/iiif/auth/access")
        found["heading"] = in_both(HEADING)
        found["note"] = in_both(NOTES[Audience(audience)])
        found["confirmLabel"] = in_both(LOG_IN)
        logout = {"id": absolute("/iiif/auth/logout"), "type": "AuthLogoutService2"}
        found["service"].append({**logout, "label": in_both(gettext_noop("Log out"))})
    return found


def versions_1_of(audience: str) -> list[dict[str, Any]]:
    """Those of version 1.0 alone; none for an image that everybody sees in full."""
    return [] if audience == Audience.FULL else versions_1(audience)


def versions_1(audience: str) -> list[dict[str, Any]]:
    """Access services of version 1.0; its texts know one language."""
    login = _version_1("login", audience)
    return [_version_1("external", audience), login] if audience == Audience.ON_SITE else [login]


def _version_1(profile: str, audience: str) -> dict[str, Any]:
    note = one_line(NOTES[Audience(audience)])
    services = [{"@id": absolute("/iiif/auth/1/token"), "@type": "AuthTokenService1", "profile": f"{PROFILE_1}/token"}]
    if profile == "login":
        logout = {"@id": absolute("/iiif/auth/logout"), "@type": "AuthLogoutService1", "profile": f"{PROFILE_1}/logout"}
        services.append({**logout, "label": one_line(gettext_noop("Log out"))})
    return {
        "@context": CONTEXT_1,
        "@id": absolute("/iiif/auth/access" if profile == "login" else "/iiif/auth/1/external"),
        "@type": "AuthCookieService1",
        "profile": f"{PROFILE_1}/{profile}",
        "label": one_line(LOG_IN),
        "header": one_line(HEADING),
        "description": note,
        "confirmLabel": one_line(LOG_IN),
        "failureHeader": one_line(REFUSED),
        "failureDescription": note,
        "service": services,
    }


def in_both(message: str) -> dict[str, list[str]]:
    """A message of our own in both languages."""
    found = {}
    for language in ("vi", "en"):
        with translation.override(language):
            found[language] = [gettext(message)]
    return found


def one_line(message: str) -> str:
    """A message in both languages, one after the other."""
    texts = in_both(message)
    return f"{texts['vi'][0]} / {texts['en'][0]}"
