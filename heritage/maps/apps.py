from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MapsConfig(AppConfig):
    name = "heritage.maps"
    label = "maps"
    verbose_name = _("Maps")

    def ready(self) -> None:
        from django.core import checks

        from heritage.catalog.moderation import tasks
        from heritage.core import outbox, paper_maps, periodic, sections
        from heritage.maps import around, basemaps, pyramid, signals, waiting
        from heritage.maps.imports import ordering

        signals.connect()
        checks.register(basemaps.check)
        paper_maps.register("heritage.maps.printing.listing.of_points")
        outbox.register("map", pyramid.take_up, models={"catalog.record", "maps.place"})
        tasks.register(waiting.suggestions)
        periodic.register("place imports", 2.0, ordering.run_waiting)
        sections.register(
            "catalog.record", sections.Section("around-here", 50, "maps/sections/around_here.html", around.of_record)
        )
        sections.register(
            "maps.place", sections.Section("heritage-around", 50, "maps/sections/heritage_around.html", around.of_place)
        )
