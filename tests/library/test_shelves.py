"""Shelves filter and count by what is kept on the work itself, which follows its editions."""

import pytest

from heritage.library.models import Access, EditionKind, Subject, Work
from heritage.library.queries.shelves import Shelf, counts
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


def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    for _number in range(12):
        EditionFactory()
    with django_assert_max_num_queries(14):
        assert client.get("/vi/thu-vien/?kind=ebook").status_code == 200
    with django_assert_max_num_queries(14):
        assert client.get("/opds/2/").status_code == 200
