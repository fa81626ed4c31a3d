"""What reports add to the admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from heritage.core.screens import GuardedItem
from heritage.reports.admin import dashboard


@hooks.register("register_admin_urls")
def dashboard_urls() -> list[URLPattern]:
    return [
        path("register-figures/", dashboard.dashboard, name="register_figures"),
        path("register-figures/year.docx", dashboard.yearly_report, name="register_year"),
    ]


@hooks.register("register_reports_menu_item")
def dashboard_item() -> MenuItem:
    label, address = _("The register in figures"), reverse("register_figures")
    return GuardedItem(label, address, icon_name="table", order=100, may=dashboard.may_see)


@hooks.register("construct_homepage_panels")
def first_page(request: HttpRequest, panels: list[Component]) -> None:
    if dashboard.may_see(request.user):
        panels.insert(0, dashboard.RegisterPanel())


@hooks.register("insert_global_admin_css")
def figures_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("build/reports/figures.css"))
