"""Demo data of the portal: stories and news that say they are samples, and the records the home page shows first."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from heritage.catalog.models import Record
from heritage.home.models import ArticleIndexPage, ArticlePage, HomePage
from heritage.home.setup import set_up

DATA = Path(__file__).resolve().parents[1] / "data" / "articles.json"


@transaction.atomic
def load(say: Callable[[str], None]) -> None:
    """Make what is missing; pages that staff have changed stay as they are."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    home = set_up()
    made = sum(_add(article) for article in data["articles"])
    _feature(home, data["featured"])
    say(f"{made} stories and news added, {len(data['articles']) - made} as before")


def _add(article: dict[str, Any]) -> bool:
    """One article in both languages, the English one as the translation of the Vietnamese; whether it was missing."""
    if ArticlePage.objects.filter(slug=article["vi"]["slug"]).exists():
        return False
    vietnamese = _page(article, "vi")
    _index("vi").add_child(instance=vietnamese)
    english = _page(article, "en")
    english.translation_key = vietnamese.translation_key
    _index("en").add_child(instance=english)
    return True


def _index(language: str) -> Page:
    return Page.objects.get(pk=ArticleIndexPage.objects.get(locale__language_code=language).pk)


def _page(article: dict[str, Any], language: str) -> ArticlePage:
    text = article[language]
    return ArticlePage(
        title=text["title"],
        slug=text["slug"],
        locale=Locale.objects.get(language_code=language),
        kind=article["kind"],
        published_on=dt.date.fromisoformat(article["date"]),
        summary=text["summary"],
        drawing=article["drawing"],
        is_sample=True,
        body=[_block(kind, value) for kind, value in text["body"]],
    )


def _block(kind: str, value: Any) -> tuple[str, Any]:
    """A block of the body; a record is named by its number."""
    return kind, Record.objects.get(number=value) if kind == "record" else value


def _feature(home: HomePage, numbers: list[str]) -> None:
    records = {record.number: record for record in Record.objects.filter(number__in=numbers)}
    for page in HomePage.objects.filter(translation_key=home.translation_key):
        if not page.featured:
            page.featured = [("record", records[number]) for number in numbers if number in records]
            page.save()
