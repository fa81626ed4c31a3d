"""The home page: what it shows, in which language, at what cost."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client

from heritage.catalog.models import LunarRule
from heritage.home import queries
from heritage.home.models import HomePage
from tests.factories.catalog import RecordFactory
from tests.factories.home import add_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_kept_counts():
    cache.clear()


def test_chosen_records_come_first_and_in_order(home):
    records = RecordFactory.create_batch(3)
    home.featured = [("record", records[2]), ("record", records[0])]
    home.save()
    assert queries.featured_records(home) == [records[2], records[0]]


def test_a_withdrawn_choice_gives_way_to_records_marked_as_featured(home):
    hidden, marked = RecordFactory(live=False), RecordFactory(is_featured=True)
    home.featured = [("record", hidden)]
    home.save()
    assert queries.featured_records(home) == [marked]
    assert hidden.name_vi not in Client().get("/vi/").content.decode()


def test_only_articles_of_the_language_that_are_due(home):
    add_article("vi", "bai-viet", title="Bài tiếng Việt")
    add_article("vi", "mai-sau", title="Bài ngày sau", published_on=dt.date(2999, 1, 1))
    add_article("en", "story", title="An English story")
    vietnamese, english = (Client().get(f"/{code}/").content.decode() for code in ("vi", "en"))
    assert "Bài tiếng Việt" in vietnamese
    assert "An English story" not in vietnamese
    assert "Bài ngày sau" not in vietnamese
    assert "An English story" in english


def test_counts_are_of_public_records_and_lead_to_lists(home):
    RecordFactory.create_batch(2)
    RecordFactory(live=False)
    page = Client().get("/vi/").content.decode()
    assert queries.counts_by_kind() == [("monument", 2)]
    assert "?kind=monument" in page


def test_queries_do_not_grow_with_the_archive(home, django_assert_max_num_queries):
    def fill(count: int) -> None:
        for _ in range(count):
            LunarRule.objects.create(record=RecordFactory(is_featured=True), month=1, day=6)

    client = Client()
    fill(6)
    for number in range(6):
        add_article("vi", f"bai-{number}")
    client.get("/vi/")
    with django_assert_max_num_queries(24) as few:
        client.get("/vi/")
        taken = len(few)
    fill(40)
    cache.clear()
    client.get("/vi/")
    with django_assert_max_num_queries(taken):
        client.get("/vi/")


def test_the_language_switch_keeps_an_article(home):
    page = add_article("vi", "bai-viet")
    twin = add_article("en", "the-story", translation_key=page.translation_key)
    assert f'href="{twin.get_url()}"' in Client().get(page.get_url()).content.decode()


def test_without_a_translation_the_switch_leads_to_the_other_home(home):
    page = add_article("vi", "chi-tieng-viet")
    assert 'href="/en/" lang="en"' in Client().get(page.get_url()).content.decode()


def test_an_embedded_record_disappears_with_its_withdrawal(home):
    record = RecordFactory(name_vi="Đình sẽ rút")
    page = add_article("vi", "co-ho-so", body=[("record", record)])
    assert "Đình sẽ rút" in Client().get(page.get_url()).content.decode()
    record.live = False
    record.save()
    assert "Đình sẽ rút" not in Client().get(page.get_url()).content.decode()


@pytest.mark.parametrize(
    "query", ["page=-1", "page=99999999999", "page=abc", "kind=%3Cscript%3E", "kind=" + "x" * 5000]
)
def test_the_news_list_bears_any_query(home, query):
    add_article("vi")
    answer = Client().get(f"/vi/tin-tuc/?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_staff_can_edit_every_kind_of_page(home, admin_client):
    for page in [home, *home.get_children(), add_article("vi")]:
        assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert HomePage.objects.count() == 2
