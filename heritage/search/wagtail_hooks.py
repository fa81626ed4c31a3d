"""Registers search's pages of the admin."""

from wagtail.snippets.models import register_snippet

from heritage.search.admin.synonyms import SynonymViewSet

register_snippet(SynonymViewSet)
