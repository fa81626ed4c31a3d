from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "heritage.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from heritage.publishing import registry

        registry.register_resources()
        registry.register_sections()
