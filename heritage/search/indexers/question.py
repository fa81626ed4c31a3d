"""Questions of readers that everybody may read, with the library's answers."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import override

from heritage.core.languages import LANGUAGES
from heritage.library.models import Question
from heritage.library.queries.questions import shown
from heritage.search.contract import Document
from heritage.search.contract import Kind as DocumentKind
from heritage.search.indexers.base import Indexer

LONGEST_TITLE = 160


class QuestionIndexer(Indexer):
    """Who asked is no part of the document."""

    model = "library.question"
    kind = DocumentKind.QUESTION

    def rows(self) -> QuerySet[Question]:
        return shown()

    def containing(self, word: str, folded: str) -> Q:
        return Q(text__icontains=word)

    def document(self, instance: Any) -> Document:
        title, rest = _parted(" ".join(instance.text.split()))
        work = instance.work
        return Document(
            id=self.identity(instance),
            kind=self.kind,
            number="",
            urls=_addresses(instance.pk),
            titles={instance.language: title},
            keywords=tuple(filter(None, (work.title_vi, work.title_en))) if work else (),
            identifiers=(work.number,) if work else (),
            bodies={instance.language: f"{rest} {instance.answer}".strip()},
            facets={"kind": (str(DocumentKind.QUESTION),)},
            place=(work.title_vi or work.title_en) if work else "",
            modified=instance.answered_at.isoformat(),
        )


def _parted(text: str) -> tuple[str, str]:
    """What stands as the title of a question, whole words, and what is left of it."""
    if len(text) <= LONGEST_TITLE:
        return text, ""
    head = text[:LONGEST_TITLE].rpartition(" ")[0] or text[:LONGEST_TITLE]
    return f"{head} …", text[len(head) :].strip()


def _addresses(pk: int) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = reverse("library_question", args=[pk])
    return found
