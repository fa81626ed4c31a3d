"""Snippet viewsets for models that belong to administrative units.

    class PlaceViewSet(ScopedViewSet):
        model = Place          # has `unit_fields = ("unit",)`

and every view, the chooser and the choices that forms offer follow the user's roles.
"""

from typing import Any

from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from heritage.accounts.choosing import form_for_finding
from heritage.accounts.forms import with_own_units
from heritage.accounts.scoping import scoped


class ScopedChooseView(ChooseView):
    """The dialogue, with a box that finds names without marks."""

    def get_filter_form_class(self) -> type:
        return form_for_finding(self.model_class) or super().get_filter_form_class()


class ScopedChooseResultsView(ChooseResultsView):
    """The list in the dialogue."""

    def get_filter_form_class(self) -> type:
        return form_for_finding(self.model_class) or super().get_filter_form_class()


class ScopedChooserViewSet(SnippetChooserViewSet):
    """A chooser that offers, and answers for, what the user may see or everybody may."""

    choose_view_class = ScopedChooseView
    choose_results_view_class = ScopedChooseResultsView

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        return super().construct_view(scoped(view_class, with_public=True), **kwargs)


class ScopedViewSet(SnippetViewSet):
    """Every view asks the policy about the very object; nothing is deleted; who may only read can inspect."""

    chooser_viewset_class = ScopedChooserViewSet
    inspect_view_enabled = True
    copy_view_enabled = False

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        return super().construct_view(scoped(view_class), **kwargs)

    def get_form_class(self, for_update: bool = False) -> type:
        return with_own_units(super().get_form_class(for_update))
