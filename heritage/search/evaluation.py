"""Measuring relevance: a set of queries with their right answers, indexed apart and asked in three forms.

MRR is the mean of 1/rank of the first right hit among the first ten; recall@10 the share of right documents among them;
nDCG@10 weighs each by its grade and place (Järvelin and Kekäläinen, 2002).
"""

import json
import math
import random
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from heritage.core.folding import fold
from heritage.search import service
from heritage.search.contract import Document, Kind, Query
from heritage.search.engines.base import Engine
from heritage.search.fields import analyse

DEPTH = 10
FORMS = ("accented", "unaccented", "misspelt")
_LETTERS = "abcdeghiklmnopqrstuvxy"


class UnreadableSetError(Exception):
    """The file is no relevance set; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the grade of each right document, by its number."""

    text: str
    relevant: dict[str, float]


@dataclass
class RelevanceSet:
    documents: list[Document] = field(default_factory=list)
    queries: list[Judged] = field(default_factory=list)


def read(path: Path, form: str) -> RelevanceSet:
    """A set from a file.

    `squad`: SQuAD 1.1 and 2.0 (UIT-ViQuAD too); each context is a document, the question's own is right.
    `judgements`: `{"documents": [{"id", "title", "text"}], "queries": [{"text", "relevant": {id: grade}}]}`; without
    documents the set is about what is published here, and the ids are permanent numbers.

    Raises:
        UnreadableSetError: it is neither JSON nor of that form.
    """
    try:
        body = json.loads(path.read_text(encoding="utf-8-sig"))
        return _squad(body) if form == "squad" else _judgements(body)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise UnreadableSetError(f"{path} cannot be read: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableSetError(f"{path} is not of the form {form}: {type(error).__name__} {error}") from error


def _squad(body: Any) -> RelevanceSet:
    found = RelevanceSet()
    seen: dict[str, str] = {}
    for article in body["data"]:
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            number = seen.get(context)
            if number is None:
                number = seen[context] = f"P-{len(seen):06d}"
                found.documents.append(_document(number, article.get("title", "").replace("_", " "), context))
            found.queries += [
                Judged(qa["question"], {number: 1.0}) for qa in paragraph["qas"] if qa["question"].strip()
            ]
    return found


def _judgements(body: Any) -> RelevanceSet:
    documents = [_document(str(d["id"]), d.get("title", ""), d.get("text", "")) for d in body.get("documents", [])]
    queries = [Judged(q["text"], _grades(q["relevant"])) for q in body["queries"]]
    return RelevanceSet(documents, queries)


def _grades(relevant: Any) -> dict[str, float]:
    if isinstance(relevant, dict):
        return {str(number): float(grade) for number, grade in relevant.items()}
    return {str(number): 1.0 for number in relevant}


def _document(number: str, title: str, text: str) -> Document:
    return Document(
        id=f"evaluation:{number}", kind=Kind.PAGE, number=number, urls={}, titles={"vi": title}, bodies={"vi": text}
    )


@contextmanager
def engine_apart() -> Iterator[Engine]:
    """An empty engine of the configured kind that leaves the live index alone and is gone afterwards."""
    if settings.SEARCH_URL:
        from heritage.search.engines.elasticsearch import ElasticsearchEngine

        address = settings.SEARCH_URL.rstrip("/")
        server = "/".join(address.split("/")[:3])
        apart = ElasticsearchEngine(f"{server}/evaluation-{uuid.uuid4().hex[:10]}", query_seconds=30)
        try:
            yield apart
        finally:
            apart.remove()
        return
    from heritage.search.engines.tantivy import TantivyEngine

    with tempfile.TemporaryDirectory(prefix="heritage-evaluation-") as folder:
        yield TantivyEngine(folder)


def evaluate(judged: RelevanceSet, progress: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    """The figures of the three forms, with the queries that found nothing right."""
    from heritage.search.building import every_document

    with engine_apart() as engine:
        count = 0
        with engine.build() as builder:
            for document in judged.documents or every_document():
                builder.add([analyse(document)])
                count += 1
            builder.switch()
        figures: dict[str, Any] = {"engine": engine.name, "documents": count, "queries": len(judged.queries)}
        for position, form in enumerate(FORMS):
            figures[form] = _measured(engine, judged.queries, form)
            if progress:
                progress(position + 1, len(FORMS))
    return figures


def _measured(engine: Engine, queries: Iterable[Judged], form: str) -> dict[str, Any]:
    totals = {"mrr": 0.0, "recall@10": 0.0, "ndcg@10": 0.0}
    missed = []
    count = 0
    for one in queries:
        count += 1
        text = in_form(one.text, form)
        hits = service.answer(engine, Query(text=text, size=DEPTH, facets=())).hits
        figures = measures([hit.number for hit in hits], one.relevant)
        for name, value in figures.items():
            totals[name] += value
        if not figures["mrr"]:
            missed.append(text)
    means = {name: round(total / max(1, count), 4) for name, total in totals.items()}
    return {**means, "missed": len(missed), "missed_queries": missed[:20]}


def measures(found: list[str], relevant: dict[str, float]) -> dict[str, float]:
    """MRR, recall@10 and nDCG@10 of one answer."""
    grades = [relevant.get(number, 0.0) for number in found[:DEPTH]]
    first = next((place for place, grade in enumerate(grades, 1) if grade), 0)
    best = _gain(sorted(relevant.values(), reverse=True)[:DEPTH])
    right = sum(1 for grade in grades if grade)
    return {
        "mrr": 1 / first if first else 0.0,
        "recall@10": right / min(DEPTH, len(relevant)) if relevant else 0.0,
        "ndcg@10": _gain(grades) / best if best else 0.0,
    }


def _gain(grades: list[float]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def in_form(text: str, form: str) -> str:
    """The query as written, without marks, or with one typing error in its longest word; the same at every run."""
    if form == "unaccented":
        return fold(text)
    return misspelt(text) if form == "misspelt" else text


def misspelt(text: str) -> str:
    """One letter of one of the longer words dropped, doubled, replaced or swapped with the next."""
    chance = random.Random(text)  # noqa: S311 - to repeat, not to hide
    words = text.split()
    longest = sorted((word for word in words if word.isalpha()), key=len, reverse=True)[:3]
    if not longest or len(longest[0]) < 3:
        return text
    word = chance.choice([one for one in longest if len(one) >= 3])
    at = chance.randrange(1, len(word) - 1) if len(word) > 3 else 1
    wrong = chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice(_LETTERS) + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
    words[words.index(word)] = wrong
    return " ".join(words)
