"""The engine for many servers: Elasticsearch 8.19, given tokens that were analysed here."""

import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import orjson
from elasticsearch import ApiError, Elasticsearch, TransportError, UnsupportedProductError
from elasticsearch.dsl import A, Q, Search
from elasticsearch.helpers import BulkIndexError, scan, streaming_bulk

from heritage.search import analysis, hierarchy
from heritage.search.contract import Query as Asked
from heritage.search.contract import Sort
from heritage.search.engines import elasticsearch_query as translate
from heritage.search.engines.base import EngineAwayError, Found, Raw, State
from heritage.search.fields import FACETS, TEXT_FIELDS, Analysed
from heritage.search.plan import Plan

logger = logging.getLogger(__name__)

ALIAS = "heritage"
FORMAT = 4
QUERY_SECONDS = 0.7
WRITE_SECONDS = 60
REST_SECONDS = 5.0
"""After a failure the server is left alone this long, and pages answer at once from the database."""
MOST_VALUES = 5_000
_SORTS: dict[Sort, list[dict[str, Any]]] = {
    Sort.TITLE: [{"title_order": {"order": "asc"}}],
    Sort.NEWEST: [{"modified": {"order": "desc"}}],
}


def mapping() -> dict[str, Any]:
    tokens = {"type": "text", "analyzer": "whitespace"}
    unscored = {**tokens, "norms": False, "index_options": "docs"}
    fields: dict[str, Any] = {name: tokens for name in TEXT_FIELDS if name not in ("title_pairs", "prefixes")}
    fields |= {"title_pairs": unscored, "prefixes": unscored}
    facets = (*FACETS, *(f"{name}_top" for name in hierarchy.DEEP))
    fields |= {f"facet_{name}": {"type": "keyword"} for name in facets}
    fields |= {name: {"type": "keyword", "doc_values": False} for name in ("numbers", "audience", "owner", "weeks")}
    fields |= {name: {"type": "double"} for name in ("weight", "latitude", "longitude")}
    fields |= {name: {"type": "long"} for name in ("title_order", "modified")}
    fields |= {name: {"type": "integer"} for name in ("year_from", "year_to")}
    fields |= {name: {"type": "keyword", "index": False, "doc_values": False} for name in ("digest", "payload")}
    fields["location"] = {"type": "geo_point"}
    # Only what is shown or compared is kept; the tokens can be made again.
    kept = {"includes": ["payload", "digest"]}
    return {"dynamic": False, "_source": kept, "_meta": _expected(), "properties": fields}


def _expected() -> dict[str, int]:
    return {"analysis": analysis.VERSION, "format": FORMAT}


class ElasticsearchEngine:
    """See `heritage.search.engines.base.Engine`. The path of the address names the alias: `https://host:9200/heritage`."""

    name = "elasticsearch"

    def __init__(self, url: str, query_seconds: float = QUERY_SECONDS) -> None:
        parts = urlsplit(url)
        self.alias = parts.path.strip("/") or ALIAS
        account = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        host = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))
        self.client = Elasticsearch(host, basic_auth=account, request_timeout=WRITE_SECONDS, max_retries=0)
        self.asking = self.client.options(request_timeout=query_seconds)
        self._rests_until = 0.0

    def find(self, plan: Plan, query: Asked, hidden: frozenset[str] = frozenset()) -> Found:
        chosen = {name: translate.facet(name, values) for name, values in query.filters.items() if values}
        request = self._search(plan, query, hidden)
        if chosen:
            request = request.post_filter(Q("bool", filter=list(chosen.values())))
        for name in query.facets:
            others = [other for key, other in chosen.items() if key != name]
            counted = A("filter", filter=Q("bool", filter=others))
            terms = {"field": f"facet_{name}", "size": MOST_VALUES}
            if name in hierarchy.DEEP:
                chosen_here = query.filters.get(name, ())
                opened = {"include": hierarchy.pattern(chosen_here)}
                terms |= opened if chosen_here else {"field": f"facet_{name}_top"}
            counted.bucket("values", "terms", **terms)
            request.aggs.bucket(name, counted)
        start = (query.page - 1) * query.size
        request = _ordered(request, plan, query)[start : start + query.size]
        answer = self._answer(request)
        facets = {
            name: {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"][name]["values"]["buckets"]}
            for name in query.facets
        }
        nearest = query.sort is Sort.NEAREST
        hits = [_raw(hit, nearest=nearest) for hit in answer["hits"]["hits"]]
        return Found(hits, answer["hits"]["total"]["value"], facets)

    def count(self, plan: Plan, query: Asked, hidden: frozenset[str] = frozenset()) -> int:
        request = self._search(plan, query, hidden)
        for name, values in query.filters.items():
            request = request.filter(translate.facet(name, values))
        return self._answer(request[:0])["hits"]["total"]["value"]

    def scores(self, plan: Plan, owners: frozenset[str], audience: frozenset[str]) -> dict[str, float]:
        bounds = [Q("terms", owner=sorted(owners)), Q("terms", audience=sorted(audience))]
        answer = self._answer(self._new().query(Q("bool", must=[translate.text(plan)], filter=bounds))[:100])
        return {hit["_id"]: hit["_score"] for hit in answer["hits"]["hits"]}

    def beginning(
        self, syllables: list[str], query: Asked, hidden: frozenset[str] = frozenset(), *, typos: bool = False
    ) -> list[Raw]:
        begun = translate.beginning(syllables, typos=typos)
        wanted = Q("bool", must=[begun], filter=[translate.bounds(Plan(), query, hidden)])
        answer = self._answer(self._new().query(_weighted(wanted))[: query.size])
        return [_raw(hit) for hit in answer["hits"]["hits"]]

    def _new(self) -> Search:
        return Search(using=self.asking, index=self.alias).source(includes=["payload"])

    def _search(self, plan: Plan, query: Asked, hidden: frozenset[str]) -> Search:
        wanted = Q("bool", must=[translate.text(plan)], filter=[translate.bounds(plan, query, hidden)])
        return self._new().query(_weighted(wanted)).extra(track_total_hits=True)

    def _answer(self, request: Search) -> Any:
        if time.monotonic() < self._rests_until:
            raise EngineAwayError("Elasticsearch failed a moment ago")
        try:
            with _failure_stated():
                answer = self.asking.search(index=self.alias, body=request.to_dict()).body
                return _whole(answer)
        except EngineAwayError:
            self._rests_until = time.monotonic() + REST_SECONDS
            raise

    def apply(self, upserts: Iterable[Analysed], deletions: Iterable[str]) -> None:
        with _failure_stated():
            live = self._live()
            if live is None:
                raise EngineAwayError(f"no index behind the alias {self.alias}")
            self._replace(live, upserts, deletions)

    def _write(self, index: str, upserts: Iterable[Analysed], deletions: Iterable[str], refresh: Any = True) -> None:
        writes = ({"_op_type": "index", "_index": index, "_id": one.id, "_source": _source(one)} for one in upserts)
        for _done in streaming_bulk(self.client, writes, chunk_size=500):
            pass
        gone = [{"_op_type": "delete", "_index": index, "_id": identity} for identity in deletions]
        for _done in streaming_bulk(self.client, gone, raise_on_error=False):  # what is not there need not go
            pass
        if refresh:
            self.client.indices.refresh(index=index)

    def _replace(self, index: str, upserts: Iterable[Analysed], deletions: Iterable[str]) -> None:
        """Whatever an owner had goes, what it has now comes; all of an owner's documents come in one call."""
        wanted = list(upserts)
        kept = {one.id for one in wanted}
        owners = sorted({*deletions, *(one.owner for one in wanted)})
        gone: list[str] = []
        for start in range(0, len(owners), 1000):
            asked = {"_source": False, "query": {"terms": {"owner": owners[start : start + 1000]}}}
            gone += [hit["_id"] for hit in scan(self.client, index=index, query=asked) if hit["_id"] not in kept]
        self._write(index, wanted, gone)

    def _live(self) -> str | None:
        if not self.client.indices.exists_alias(name=self.alias):
            return None
        return next(iter(self.client.indices.get_alias(name=self.alias).body))

    @contextmanager
    def build(self, generation: str = "") -> Iterator["ElasticsearchBuilder"]:
        if not generation:
            generation = self._create()
        try:
            with _failure_stated():
                yield ElasticsearchBuilder(self, generation)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:
            self._discard(generation)
            raise

    def can_resume(self, generation: str) -> bool:
        with _failure_stated():
            if not self.client.indices.exists(index=generation):
                return False
            about = self.client.indices.get_mapping(index=generation).body[generation]["mappings"]
            return about.get("_meta") == _expected()

    def _create(self) -> str:
        generation = f"{self.alias}-{time.strftime('%Y%m%dt%H%M%S')}-{os.getpid()}-{time.monotonic_ns() % 10**6:06d}"
        settings = {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",
            "max_result_window": 100_000,
        }
        with _failure_stated():
            self.client.indices.create(index=generation, settings=settings, mappings=mapping())
        return generation

    def _discard(self, index: str) -> None:
        try:
            self.client.indices.delete(index=index, ignore_unavailable=True)
        except (ApiError, TransportError):
            logger.warning("the unfinished index %s could not be removed", index)

    def remove(self) -> None:
        """Delete the alias's indices, live and unfinished; for tests and benchmarks."""
        try:
            for index in self.client.indices.get(index=f"{self.alias}-*").body:
                self.client.indices.delete(index=index)
        except (ApiError, TransportError) as error:
            logger.warning("nothing removed of %s: %s", self.alias, error)

    def contents(self) -> Iterator[tuple[str, str]]:
        with _failure_stated():
            for hit in scan(self.client, index=self.alias, query={"_source": ["digest"]}, size=2000):
                yield hit["_id"], hit["_source"]["digest"]

    def state(self) -> State:
        try:
            with _failure_stated():
                live = self._live_within_a_second()
                if live is None:
                    return State(self.name, f"no index behind the alias {self.alias}", is_buildable=True)
                found = self.asking.indices.get_mapping(index=live).body[live]["mappings"].get("_meta")
                if found != _expected():
                    return State(self.name, "the index was made by another version", is_buildable=True)
                return State(self.name, "", self.asking.count(index=live).body["count"], live)
        except EngineAwayError as error:
            return State(self.name, str(error))

    def _live_within_a_second(self) -> str | None:
        if not self.asking.indices.exists_alias(name=self.alias):
            return None
        return next(iter(self.asking.indices.get_alias(name=self.alias).body))


class ElasticsearchBuilder:
    """See `heritage.search.engines.base.Builder`."""

    def __init__(self, engine: ElasticsearchEngine, generation: str) -> None:
        self.engine, self.generation = engine, generation

    def add(self, analysed: Iterable[Analysed]) -> None:
        self.engine._write(self.generation, analysed, (), refresh=False)

    def apply(self, upserts: Iterable[Analysed], deletions: Iterable[str]) -> None:
        self.engine.client.indices.refresh(index=self.generation)
        self.engine._replace(self.generation, upserts, deletions)

    def checkpoint(self) -> None:
        """Nothing to do: what the server has acknowledged it keeps."""

    def switch(self) -> None:
        """Move the alias in one step, then remove what it named before."""
        indices = self.engine.client.indices
        indices.put_settings(index=self.generation, settings={"refresh_interval": "1s"})
        indices.refresh(index=self.generation)
        before = list(indices.get_alias(name=self.engine.alias).body) if self.engine._live() else []
        actions: list[dict[str, Any]] = [{"remove_index": {"index": index}} for index in before]
        actions.append({"add": {"index": self.generation, "alias": self.engine.alias}})
        indices.update_aliases(actions=actions)


def _whole(answer: Any) -> Any:
    if answer.get("timed_out") or answer["_shards"]["failed"]:
        raise EngineAwayError("Elasticsearch answered in part")
    return answer


def _source(one: Analysed) -> dict[str, Any]:
    source: dict[str, Any] = {
        **one.text,
        "owner": one.owner,
        "digest": one.digest,
        "numbers": one.numbers,
        "audience": one.audience,
        "weeks": one.weeks,
        "weight": one.weight,
        "title_order": one.title_order,
        "modified": one.modified,
        "payload": one.payload,
    }
    source |= {f"facet_{name}": values for name, values in one.facets.items()}
    source |= {f"facet_{name}_top": hierarchy.tops(one.facets.get(name, ())) for name in hierarchy.DEEP}
    if one.years:
        source |= {"year_from": one.years[0], "year_to": one.years[1]}
    if one.location:
        latitude, longitude = one.location
        source |= {"latitude": latitude, "longitude": longitude, "location": {"lat": latitude, "lon": longitude}}
    return source


def _weighted(query: Any) -> Any:
    """The relevance times ln(2 + weight); tantivy takes the logarithm to base 2, which orders alike."""
    factor = {"field": "weight", "modifier": "ln2p", "missing": 0}
    return Q("function_score", query=query, functions=[{"field_value_factor": factor}], boost_mode="multiply")


def _ordered(request: Search, plan: Plan, query: Asked) -> Search:
    if query.sort is Sort.NEAREST and query.near:
        point = {"lat": query.near.latitude, "lon": query.near.longitude}
        return request.sort({"_geo_distance": {"location": point, "order": "asc", "unit": "m"}})
    if query.sort in _SORTS:
        return request.sort(*_SORTS[query.sort])
    return request.sort({"weight": {"order": "desc"}}) if plan.is_empty else request


def _raw(hit: Any, *, nearest: bool = False) -> Raw:
    payload = orjson.loads(hit["_source"]["payload"])
    return Raw(payload["id"], hit.get("_score") or 0.0, payload, hit["sort"][0] if nearest else None)


@contextmanager
def _failure_stated() -> Iterator[None]:
    """Any failure of the server, its answer or the way to it as `EngineAwayError`."""
    try:
        yield
    except EngineAwayError:
        raise
    except (ApiError, TransportError, UnsupportedProductError, BulkIndexError, KeyError, TypeError) as error:
        raise EngineAwayError(f"Elasticsearch: {type(error).__name__} {str(error)[:300]}") from error
