"""Snippet viewsets for models that belong to administrative units.

    class PlaceViewSet(ScopedViewSet):
        model = Place          # has `unit_fields = ("unit",)`

and every view, the chooser and the choices that forms offer follow the user's roles.
"""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

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


class SpokenChooser(AdminSnippetChooser):
    """Says what is chosen in the language of the page; Wagtail's says it in that of the page that came first."""

    def __init__(self, model: Any = None, **kwargs: Any) -> None:
        super().__init__(model, **kwargs)
        self.choose_one_text = self._spoken(_("Choose %(object)s"))
        self.choose_another_text = self._spoken(_("Choose another %(object)s"))
        self.link_to_chosen_text = self._spoken(_("Edit this %(object)s"))

    def _spoken(self, words: Any) -> Any:
        return lazy(lambda: str(words) % {"object": self.model._meta.verbose_name}, str)()  # type: ignore[union-attr]


SnippetChooserViewSet.base_widget_class = SpokenChooser


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
