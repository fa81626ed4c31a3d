"""What all screens of moderation share: the way back to the list and the object."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from heritage.catalog.moderation.admin.addresses import address_of


class ObjectScreen(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin):
    """Mixed in before a Django view; asks the policy about the very object, as `construct_view` makes it."""

    index_url_name: str | None = None
    edit_url_name: str | None = None
    _show_breadcrumbs = True

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": capfirst(self.model._meta.verbose_name_plural)},
            {"url": address_of(self.object, "edit"), "label": str(self.object)},
            {"url": "", "label": self.get_page_title(), "sublabel": str(self.object)},
        ]
