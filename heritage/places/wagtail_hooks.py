"""What places adds to the admin."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from heritage.places.admin.units import UnitViewSet


@hooks.register("register_admin_viewset")
def unit_viewset() -> ViewSet:
    return UnitViewSet()
