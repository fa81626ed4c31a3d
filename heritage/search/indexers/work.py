"""Works of the library: titles, contributors, subjects, chapters."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from heritage.library.models import EditionKind, Subject, Work
from heritage.search.contract import Document
from heritage.search.contract import Kind as DocumentKind
from heritage.search.indexers.base import Indexer, addresses, labels_of, remember
from heritage.search.indexers.record import thumbnail


class WorkIndexer(Indexer):
    model = "library.work"
    kind = DocumentKind.WORK

    def rows(self) -> QuerySet[Work]:
        return Work.objects.filter(live=True)

    def whole(self, rows: QuerySet[Work]) -> QuerySet[Work]:
        return rows.select_related("cover").prefetch_related(
            "contributors", "subjects", "editions__chapters", "cover__renditions"
        )

    def containing(self, word: str, folded: str) -> Q:
        return Q(title_vi__icontains=word) | Q(title_en__icontains=word) | Q(number__iexact=word)

    def document(self, instance: Work) -> Document:
        editions = list(instance.editions.all())
        return Document(
            id=self.identity(instance),
            kind=self.kind,
            number=instance.number,
            urls=addresses("work", instance.number),
            titles={k: v for k, v in (("vi", instance.title_vi), ("en", instance.title_en)) if v},
            keywords=tuple(dict.fromkeys(_keywords(instance, editions))),
            identifiers=tuple(edition.isbn for edition in editions if edition.isbn),
            bodies={
                "vi": " ".join([instance.description_vi, *_chapters(editions)]).strip(),
                "en": instance.description_en,
            },
            facets={
                "kind": tuple(sorted({f"{DocumentKind.WORK}/{e.kind}" for e in editions})) or (str(DocumentKind.WORK),),
                "subject": subject_paths(instance),
            },
            years=(instance.publication_year, instance.publication_year) if instance.publication_year else None,
            boost=1.05,
            thumbnail=thumbnail(instance.cover),
            place=", ".join(contributor.name for contributor in list(instance.contributors.all())[:2]),
            modified=instance.modified_at.isoformat(),
        )


def subject_paths(work: Work) -> tuple[str, ...]:
    """The work's subjects, each below its broader ones."""
    return tuple(sorted(_subject_path(subject.pk) for subject in work.subjects.all()))


@remember
@lru_cache(maxsize=4096)
def _subject_path(pk: int) -> str:
    subject = Subject.objects.get(pk=pk)
    return f"{_subject_path(subject.broader_id)}/{subject.slug}" if subject.broader_id else subject.slug


def _keywords(work: Work, editions: list[Any]) -> Iterator[str]:
    for contributor in work.contributors.all():
        yield contributor.name
    for subject in work.subjects.all():
        yield from filter(None, (subject.label_vi, subject.label_en))
    yield from filter(None, (work.series,))
    for kind in sorted({edition.kind for edition in editions}):
        yield from labels_of(EditionKind, kind)


def _chapters(editions: list[Any]) -> Iterator[str]:
    for edition in editions:
        for chapter in edition.chapters.all():
            yield chapter.title
