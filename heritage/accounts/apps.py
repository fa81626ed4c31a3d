from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "heritage.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from heritage.accounts import signals
        from heritage.accounts.checks import guarded_screens
        from heritage.accounts.registration import register_policies

        register_policies()
        signals.connect()
        checks.register(guarded_screens)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users with our screens: roles in units instead of groups."""

    user_viewset = "heritage.accounts.admin.users.AccountViewSet"
