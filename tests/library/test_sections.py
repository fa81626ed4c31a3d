"""What the library adds to a record's page: books about it, and what can be heard."""

import pytest
from django.urls import reverse

from heritage.catalog.models import Record
from heritage.library.models import Access, EditionKind
from heritage.library.sections import audiobooks_about, books_about
from tests.factories.library import EditionFactory, WorkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return Record.objects.create(name_vi="Chùa thử", number="TN01", live=True)


def test_a_record_shows_its_books_and_what_can_be_heard(client, record):
    work, hidden, draft = WorkFactory(), WorkFactory(), WorkFactory(live=False)
    for one in (work, hidden, draft):
        one.records.set([record])
        one.save()
    EditionFactory(work=work, kind=EditionKind.AUDIOBOOK, format="mp3")
    EditionFactory(work=hidden, kind=EditionKind.AUDIOBOOK, format="mp3", access=Access.STAFF)
    EditionFactory(work=draft, kind=EditionKind.AUDIOBOOK, format="mp3")
    page = client.get(record.get_absolute_url()).content.decode()
    assert 'id="section-listen"' in page
    assert 'href="#section-listen"' in page
    assert reverse("listen", args=[work.number]) in page
    assert reverse("listen", args=[hidden.number]) not in page
    assert draft.number not in page


def test_a_record_without_books_has_no_section(rf, record):
    assert books_about(rf.get("/"), record) is None
    assert audiobooks_about(rf.get("/"), record) is None
