"""What publishing adds to the admin."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from heritage.publishing.bulk_actions import PrintLabels
from heritage.publishing.views import labels

hooks.register("register_bulk_action", PrintLabels)


@hooks.register("register_admin_urls")
def label_urls() -> list[URLPattern]:
    return [
        path("labels/", labels.choose, name="labels"),
        path("labels/sheet.pdf", labels.sheet, name="label_sheet"),
    ]


@hooks.register("register_admin_menu_item")
def label_menu_item() -> MenuItem:
    return MenuItem(_("QR labels"), reverse("labels"), icon_name="tag", order=900)
