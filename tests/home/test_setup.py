"""The site's skeleton is made once, in both languages, and left to staff from then on."""

import pytest
from django.test import Client
from wagtail.models import Page, Site

from heritage.home.models import HomePage, StandardPage
from heritage.home.navigation import SLUGS
from heritage.home.setup import set_up

pytestmark = pytest.mark.django_db


def test_a_second_run_makes_nothing(home):
    before = list(Page.objects.order_by("path").values_list("path", "slug", "title"))
    assert set_up() == home
    assert list(Page.objects.order_by("path").values_list("path", "slug", "title")) == before


def test_what_staff_wrote_stays(home):
    page = StandardPage.objects.get(slug="gioi-thieu")
    page.title = "Về chúng tôi"
    page.save()
    set_up()
    assert StandardPage.objects.get(slug="gioi-thieu").title == "Về chúng tôi"


def test_a_page_that_went_missing_comes_back(home):
    Page.objects.get(slug="tro-giup").delete()
    set_up()
    assert StandardPage.objects.filter(slug="tro-giup").exists()


def test_it_begins_from_an_empty_database(db):
    Site.objects.all().delete()
    Page.objects.all().delete()
    assert set_up().depth == 2
    assert Site.objects.get().root_page.specific == HomePage.objects.get(locale__language_code="vi")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", SLUGS)
def test_every_standing_page_answers_in_both_languages(home, name, language):
    answer = Client().get(f"/{language}/{SLUGS[name][language]}/")
    assert answer.status_code == 200
    other = "en" if language == "vi" else "vi"
    assert f'href="/{other}/{SLUGS[name][other]}/"' in answer.content.decode()
