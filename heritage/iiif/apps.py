from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IiifConfig(AppConfig):
    name = "heritage.iiif"
    label = "iiif"
    verbose_name = _("Scans")

    def ready(self) -> None:
        from heritage.core import outbox, periodic
        from heritage.iiif import families, processing, signals, uploads  # noqa: F401
        from heritage.iiif.stream import log

        outbox.register("scans", processing.take_up, models={"iiif.canvas"})
        outbox.register("uploads", uploads.take_in, models={"iiif.upload"})
        outbox.register(log.CONSUMER, log.take_up, models={log.MODEL})
        periodic.register("iiif uploads given up", 3600, uploads.clear_old)
        families.register()
