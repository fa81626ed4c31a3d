from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "heritage.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from heritage.core import outbox, periodic
        from heritage.reports import checks, tallies

        checks.register()
        outbox.register("reports", tallies.take_up, models={"catalog.record"})
        # Ranks begin and end on their days though nobody edits.
        periodic.register("reports recount", 6 * 3600, tallies.recount)
