"""OPDS: reading programs find, page, filter and acquire what is open, and see what is lent."""

import pytest
from django.urls import reverse

from heritage.demo import samples
from heritage.library.imports import take_in
from heritage.library.models import Access, Work
from heritage.library.services import lending
from tests.factories.library import EditionFactory, ReaderCardFactory

pytestmark = pytest.mark.django_db


def walk(value):
    """Every value inside a JSON document."""
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    for one in inner:
        yield from walk(one)


def test_the_feed_pages_and_has_no_blanks(client):
    EditionFactory.create_batch(60)
    EditionFactory(access=Access.STAFF)
    response = client.get(reverse("opds2"))
    feed = response.json()
    assert response["Content-Type"] == "application/opds+json"
    assert feed["metadata"]["numberOfItems"] == 60
    assert not [value for value in walk(feed) if value in ("", [], {}, None)]
    following = next(link["href"] for link in feed["links"] if link["rel"] == "next")
    second = client.get(following).json()
    numbers = {p["metadata"]["identifier"] for page in (feed, second) for p in page["publications"]}
    assert len(numbers) == 60


def test_search_and_an_empty_answer_are_valid(client):
    work = EditionFactory(work__title_vi="Chùa Hang").work
    found = client.get(reverse("opds2"), {"query": "chua hang"}).json()
    assert found["publications"][0]["metadata"]["title"]["vi"] == work.title_vi
    nothing = client.get(reverse("opds2"), {"query": "không có"}).json()
    assert "publications" not in nothing
    assert nothing["navigation"][0]["title"]


def test_an_open_book_is_acquired_and_a_lent_one_says_how_it_stands(client):
    EditionFactory()
    lent = EditionFactory(copies=1)
    lending.borrow(ReaderCardFactory(), lent)
    lending.place_hold(ReaderCardFactory(), lent)
    publications = client.get(reverse("opds2")).json()["publications"]
    links = [link for p in publications for link in p["links"] if "acquisition" in str(link["rel"])]
    by_rel = {link["rel"].rpartition("/")[2]: link for link in links}
    assert client.head(by_rel["open-access"]["href"]).status_code in (200, 404)  # the factory has no file
    assert by_rel["borrow"]["properties"]["availability"] == {"state": "unavailable"}
    assert by_rel["borrow"]["properties"]["copies"] == {"total": 1, "available": 0}
    assert by_rel["borrow"]["properties"]["holds"] == {"total": 1}
    address = reverse("opds2_work", args=[lent.work.number])
    assert client.get(address)["Content-Type"] == "application/opds-publication+json"


def test_the_audiobook_manifest(client):
    sample = next(text for text in samples.texts() if text["audio"])
    take_in(samples.AUDIO / sample["slug"])
    work = Work.objects.get()
    address = reverse("audiobook", args=[work.number])
    manifest = client.get(address).json()
    assert manifest["metadata"]["conformsTo"] == "https://readium.org/webpub-manifest/profiles/audiobook"
    total = sum(item["duration"] for item in manifest["readingOrder"])
    assert manifest["metadata"]["duration"] == pytest.approx(total, abs=0.01)
    assert all(item["type"] == "audio/mpeg" and "#" not in item["href"] for item in manifest["readingOrder"])
    assert len(manifest["toc"]) == 4
    work.editions.update(access=Access.LENDING, copies=1)
    assert client.get(address).status_code == 401


@pytest.mark.parametrize("count", [3, 40])
def test_the_feed_asks_few_questions(client, django_assert_max_num_queries, count):
    for _number in range(count):
        EditionFactory(copies=1)
    with django_assert_max_num_queries(14):
        client.get(reverse("opds2"))
