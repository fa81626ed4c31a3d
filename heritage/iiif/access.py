"""Access: may this visitor see this object? Asked on every road, before any cache is looked at.

An object is open, for staff or closed, as what it belongs to says; of an open one the public may get its description
only, or its images in a reduced size. `status_for` speaks of the description, `content_status` of the text and
`images_status` of the images in full size.
"""

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.permissions import policy_registry

from heritage.core import client
from heritage.iiif import passes
from heritage.iiif.models import Access, Audience, DigitalObject

ANY_ACTION = ("view", "add", "change", "delete", "publish")


def status_for(request: HttpRequest, digital_object: DigitalObject) -> int:
    """200 where the visitor may see it; 404 for a closed object; 401 or 403 for one that is for staff only."""
    if digital_object.access == Access.OPEN:
        return 200
    if digital_object.access == Access.CLOSED:
        return 404
    return _staff_status(request.user, digital_object)


def images_status(request: HttpRequest, digital_object: DigitalObject) -> int:
    """The same for the images in full size."""
    if digital_object.access != Access.OPEN:
        return status_for(request, digital_object)
    if digital_object.audience == Audience.FULL:
        return 200
    if digital_object.audience == Audience.ON_SITE and is_on_site(request):
        return 200
    return _staff_status(passes.visitor(request), digital_object)


def content_status(request: HttpRequest, digital_object: DigitalObject) -> int:
    """The same for the text: it is open where at least a reduced size of the images is."""
    if digital_object.audience in (Audience.FULL, Audience.REDUCED):
        return status_for(request, digital_object)
    return images_status(request, digital_object)


def has_token_for(request: HttpRequest, digital_object: DigitalObject) -> bool:
    """Whether the request carries an access token, good for descriptions of images and never for the images."""
    token = passes.of_token(request)
    if token is None or digital_object.access != Access.OPEN:
        return False
    if token.is_on_site and digital_object.audience == Audience.ON_SITE:
        return True
    return token.user is not None and is_for(token.user, digital_object)


def is_on_site(request: HttpRequest) -> bool:
    """Whether the request comes from a network of the reading room (IIIF_ON_SITE_NETWORKS)."""
    try:
        address = ipaddress.ip_address(client.address(request))
    except ValueError:
        return False
    return any(address in ipaddress.ip_network(network) for network in settings.IIIF_ON_SITE_NETWORKS)


def _staff_status(user: Any, digital_object: DigitalObject) -> int:
    if not user.is_authenticated:
        return 401
    return 200 if is_for(user, digital_object) else 403


def is_for(user: Any, digital_object: DigitalObject) -> bool:
    """Whether a member of staff has any right to the object, as the policy for its units says."""
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    policy = policy_registry.get_by_type(DigitalObject)
    return user.is_superuser or policy.user_has_any_permission_for_instance(user, ANY_ACTION, digital_object)
