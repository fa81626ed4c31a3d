"""The engines: tantivy on disk, or Elasticsearch where `SEARCH_URL` names one."""

from django.conf import settings

from heritage.search.engines.base import Engine, EngineAwayError

__all__ = ["Engine", "EngineAwayError", "current"]

_engines: dict[str, Engine] = {}


def current() -> Engine:
    """The engine that the settings name."""
    place = settings.SEARCH_URL or str(settings.SEARCH_INDEX_DIR)
    if place not in _engines:
        if settings.SEARCH_URL:
            from heritage.search.engines.elasticsearch import ElasticsearchEngine

            _engines[place] = ElasticsearchEngine(settings.SEARCH_URL)
        else:
            from heritage.search.engines.tantivy import TantivyEngine

            _engines[place] = TantivyEngine(settings.SEARCH_INDEX_DIR)
    return _engines[place]
