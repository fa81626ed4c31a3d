"""Text inside open e-books, in passages: EPUB by chapter, PDF by page, each leading to its place in the reader."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from django.db.models import Prefetch, Q, QuerySet

from heritage.core import languages
from heritage.library.epub.errors import EpubError
from heritage.library.models import Access, Edition, EditionKind, FileFormat, Work
from heritage.search.contract import Document
from heritage.search.contract import Kind as DocumentKind
from heritage.search.indexers import epub_text, pdf_text
from heritage.search.indexers.base import Indexer, addresses
from heritage.search.indexers.passage import Passage
from heritage.search.indexers.record import thumbnail
from heritage.search.indexers.work import subject_paths

logger = logging.getLogger(__name__)

READ = {FileFormat.EPUB: epub_text.passages, FileFormat.PDF: pdf_text.passages}
"""How the text of each format is read; a CBZ is pictures only."""


class BookTextIndexer(Indexer):
    """Only what everybody may read; lent books and those for staff are found by their title and contents alone."""

    model = "library.booktext"
    follows = "library.work"
    kind = DocumentKind.CHAPTER

    def rows(self) -> QuerySet[Work]:
        books = Edition.objects.filter(kind=EditionKind.EBOOK, format__in=READ).exclude(file="")
        # A work one of whose e-books is not open to everybody waits for the worker: which text is whose is not known.
        shut = books.exclude(access=Access.OPEN)
        open_books = books.filter(access=Access.OPEN)
        return Work.objects.filter(live=True, pk__in=open_books.values("work")).exclude(pk__in=shut.values("work"))

    def whole(self, rows: QuerySet[Work]) -> QuerySet[Work]:
        books = Edition.objects.filter(kind=EditionKind.EBOOK, format__in=READ, access=Access.OPEN)
        return rows.select_related("cover").prefetch_related(
            Prefetch("editions", books.exclude(file="").order_by("pk"), to_attr="open_books"),
            "subjects",
            "cover__renditions",
        )

    def containing(self, word: str, folded: str) -> Q:
        return Q(pk__in=())

    def named(self, words: Iterable[tuple[str, str]], limit: int) -> Iterator[Document]:
        """Without the index no text is looked through: that is not done within a second."""
        return iter(())

    def of_one(self, instance: Any) -> Iterator[Document]:
        for edition in instance.open_books[:1]:  # the reader opens the first
            try:
                for number, passage in enumerate(READ[FileFormat(edition.format)](edition), 1):
                    yield self._passage(instance, edition, passage, number)
            except (EpubError, OSError) as error:
                logger.warning("the text of %s cannot be searched: %s", instance.number, error)

    def _passage(self, work: Work, edition: Edition, passage: Passage, number: int) -> Document:
        language = edition.language if edition.language in languages.LANGUAGES else "vi"
        names = {"vi": work.title_vi, "en": work.title_en or work.title_vi}
        return Document(
            id=f"{self.identity(work)}/{number}",
            kind=self.kind,
            number=work.number,
            urls={
                code: f"{path}#{quote(passage.href, safe='')}" for code, path in addresses("read", work.number).items()
            },
            titles={code: f"{name} – {passage.title}" if passage.title else name for code, name in names.items()},
            keywords=(passage.title,) if passage.title else (),
            bodies={language: passage.text},
            facets={"kind": (str(self.kind),), "subject": subject_paths(work)},
            thumbnail=thumbnail(work.cover),
            modified=edition.modified_at.isoformat(),
            is_part=True,
        )
