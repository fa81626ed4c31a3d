from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "heritage.catalog"
    label = "catalog"
    verbose_name = _("Catalog")

    def ready(self) -> None:
        from wagtail.admin.models import EditingSession

        from heritage.accounts import kinds
        from heritage.catalog import bookkeeping, duplicates, manifests, scans
        from heritage.catalog.batches import jobs
        from heritage.catalog.dossiers import wiring
        from heritage.catalog.exports import ordering as lists
        from heritage.catalog.imports import ordering
        from heritage.catalog.models import Designation, Kind, Record, record_saved
        from heritage.catalog.moderation import digest, holding
        from heritage.catalog.page import scans_of
        from heritage.catalog.units import wiring as units_wiring
        from heritage.catalog.zones import page as zones_page
        from heritage.core import periodic, sections
        from heritage.iiif import descriptions, owners, shelves
        from heritage.iiif.models import DigitalObject
        from heritage.iiif.sections import scans_section

        record_saved.connect(bookkeeping.record_was_saved, Record, dispatch_uid="catalog.record")
        for signal in (post_save, post_delete):
            signal.connect(bookkeeping.designation_changed, Designation, dispatch_uid="catalog.designation")
        post_save.connect(holding.heard_of, EditingSession, dispatch_uid="catalog.holding")
        kinds.register(Kind.choices)
        kinds.follow(DigitalObject, "record_objects__record__kind")
        owners.register("record", scans.attach, manifests.may)
        descriptions.register("catalog", manifests.describe)
        for shelf in manifests.shelves():
            shelves.register(shelf)
        shelves.register_family(manifests.ranks())
        sections.register("catalog.record", scans_section(scans_of))
        periodic.register("catalog batches", 2, jobs.run_waiting)
        periodic.register("lists on paper", 2.0, lists.run_waiting)
        periodic.register("register imports", 2.0, ordering.run_waiting)
        periodic.register("catalog duplicates", 24 * 3600, duplicates.look)
        wiring.connect()
        sections.register("catalog.record", zones_page.section)
        units_wiring.connect()
        periodic.register("moderation digest", digest.EVERY_S, digest.tell)
