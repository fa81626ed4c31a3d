"""A guarded model with unguarded screens is an error from the start."""

from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views.snippets import SnippetViewSet

from heritage.accounts.checks import guarded_screens
from heritage.accounts.registration import guarded_models


def test_all_screens_are_guarded():
    assert not guarded_screens()
    assert set(guarded_models()) & set(get_snippet_models())


def test_an_unguarded_one_is_named(monkeypatch):
    from heritage.catalog.models import Record

    monkeypatch.setattr(Record, "snippet_viewset", SnippetViewSet.__new__(SnippetViewSet))
    assert [error.id for error in guarded_screens()] == ["accounts.E001"]
