from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "heritage.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from heritage.core import outbox, periodic, readiness
        from heritage.search import engines, health, indexers, indexing, noting, promotions, saving, synonyms, tallies
        from heritage.search.indexers.book import BookTextIndexer
        from heritage.search.indexers.page import PageIndexer
        from heritage.search.indexers.place import PlaceIndexer
        from heritage.search.indexers.question import QuestionIndexer
        from heritage.search.indexers.record import RecordIndexer
        from heritage.search.indexers.scan import ScanTextIndexer
        from heritage.search.indexers.work import WorkIndexer

        for kind in (RecordIndexer, PlaceIndexer, WorkIndexer, PageIndexer, QuestionIndexer):
            indexers.register(kind())
        for text in (ScanTextIndexer, BookTextIndexer):
            indexers.register(text())
        outbox.register("search", indexing.take_up, {*indexers.noted(), indexing.WHOLE_INDEX})
        noting.connect()
        synonyms.connect()
        promotions.connect()
        periodic.register("search rebuild", 30, indexing.look_after)
        periodic.register("search notices", 3600, saving.tell)
        periodic.register("search tallies", 24 * 3600, tallies.forget_old)
        readiness.register("index", health.problem)
        if settings.SEARCH_URL:
            engines.current()  # the client takes a second to load: now, not in somebody's first search
