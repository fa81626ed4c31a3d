"""Shelves filter and count by what is kept on the work itself, which follows its editions."""

import pytest
from django.http import QueryDict

from heritage.core import outbox
from heritage.library.models import Access, EditionKind, ShelfSummary, Subject, Work
from heritage.library.queries import shelf_counts, shelves
from heritage.library.queries.shelf_counts import counts
from heritage.library.queries.shelves import Shelf, page_of_shelf
from heritage.library.services import works
from tests.factories.library import EditionFactory, WorkFactory

pytestmark = pytest.mark.django_db


def forms(work: Work) -> int:
    return Work.objects.values_list("forms", flat=True).get(pk=work.pk)


def test_the_forms_of_a_work_follow_its_editions():
    work = WorkFactory()
    ebook = EditionFactory(work=work)
    assert forms(work) == 1
    heard = EditionFactory(work=work, kind=EditionKind.AUDIOBOOK)
    assert forms(work) == 3
    heard.access = Access.STAFF
    heard.save()
    assert forms(work) == 1
    ebook.delete()
    assert forms(work) == 0


def test_publishing_an_older_draft_does_not_bring_an_old_number_back():
    work = WorkFactory()
    work.save_revision()
    EditionFactory(work=work)
    works.publish(Work.objects.get(pk=work.pk))
    Work.objects.get(pk=work.pk).latest_revision.publish(skip_permission_checks=True)
    assert forms(work) == 1


def test_each_choice_counts_what_it_would_give_with_the_other_filters_kept():
    subject = Subject.objects.create(slug="di-tich", label_vi="Di tích")
    for number, (kind, language) in enumerate([("ebook", "vi"), ("ebook", "en"), ("audiobook", "vi")]):
        work = WorkFactory(language=language)
        EditionFactory(work=work, kind=kind)
        if number:
            work.subjects.set([subject])
            work.save()
    counted = counts(Shelf(kind="ebook"))
    assert counted.total == 2
    assert counted.by["kind"] == {"ebook": 2, "audiobook": 1}
    assert counted.by["language"] == {"en": 1, "vi": 1}
    assert counted.by["subject"] == {"di-tich": 1}
    assert counts(Shelf(language="vi", subject="di-tich")).total == 1
    assert counts(Shelf(), kinds=("audiobook",)).total == 1
    assert counts(Shelf(), "khong co").total == 0


SHELVES = [
    Shelf(**choice)
    for choice in (
        {}, {"kind": "ebook"}, {"language": "vi"}, {"audience": "children"}, {"subject": "s1"}, {"subject": "none"},
        {"kind": "audiobook", "subject": "s0"}, {"kind": "ebook", "language": "en", "subject": "s1"},
    )
]  # fmt: skip


def test_many_works_are_counted_by_the_worker_and_the_counts_are_the_same(monkeypatch):
    subjects = [Subject.objects.create(slug=f"s{n}", label_vi=f"S{n}") for n in range(3)]
    for number in range(12):
        audience = "children" if number % 5 == 0 else "general"
        work = WorkFactory(language="vi" if number % 2 else "en", audience=audience, live=number != 7)
        for kind in ("ebook", "audiobook")[number % 3 % 2 :]:
            EditionFactory(work=work, kind=kind)
        work.subjects.set(subjects[: number % 3])
        work.save()
    asked = [(shelf, kinds) for shelf in SHELVES for kinds in ((), ("ebook", "audiobook"), ("audiobook",))]
    anew = [shelf_counts.counts(shelf, "", kinds) for shelf, kinds in asked]
    monkeypatch.setattr(shelf_counts, "MANY", 10)
    (consumer,) = (one for one in outbox.consumers() if one.name == "shelves")
    outbox.drain(consumer)
    assert ShelfSummary.objects.count() == 1
    shelf_counts.forget_counts()
    assert [shelf_counts.counts(shelf, "", kinds) for shelf, kinds in asked] == anew
    assert shelf_counts.counts(Shelf(), "khong co").total == 0  # words are looked for all the same
    Work.objects.filter(live=True).first().unpublish()  # ten are few
    assert shelf_counts.counts(Shelf()).total == 11  # until the worker has counted
    outbox.drain(consumer)
    assert not ShelfSummary.objects.exists()
    shelf_counts.forget_counts()
    assert shelf_counts.counts(Shelf()).total == 10


def test_a_page_is_the_same_however_it_is_found(monkeypatch):
    subject = Subject.objects.create(slug="s", label_vi="S")
    found = [WorkFactory() for _n in range(5)]
    for work in found[:4]:
        work.subjects.set([subject])
        work.save()

    def page(number):
        return [work.pk for work in page_of_shelf(Shelf(subject="s"), "", QueryDict(f"page={number}"), 4, size=3)]

    pages = [page(1), page(2), page(9)]
    assert sorted(pages[0] + pages[1]) == sorted(work.pk for work in found[:4])
    assert pages[2] == pages[1]
    monkeypatch.setattr(shelves, "MANY_OF_A_SUBJECT", 1)
    assert [page(1), page(2), page(9)] == pages


def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    for _number in range(12):
        EditionFactory()
    with django_assert_max_num_queries(14):
        assert client.get("/vi/thu-vien/?kind=ebook").status_code == 200
    with django_assert_max_num_queries(14):
        assert client.get("/opds/2/").status_code == 200
