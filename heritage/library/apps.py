from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "heritage.library"
    label = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from heritage.core import outbox, periodic
        from heritage.iiif import descriptions, shelves
        from heritage.library import manifests, rules, sections, signals
        from heritage.library.queries import shelf_counts
        from heritage.library.services import jobs, queue, records_imports

        rules.register_rules_policy()
        signals.connect()
        outbox.register("shelves", shelf_counts.take_up, models={"library.work"})
        sections.register_sections()
        periodic.register("library settle", 300, queue.settle)
        periodic.register("library jobs", 2, jobs.run_waiting)
        periodic.register("library records", 2, records_imports.run_waiting)
        descriptions.register("library", manifests.describe)
        shelves.register(manifests.shelf())
