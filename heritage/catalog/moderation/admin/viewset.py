"""The screens that every register of drafts has: versions with addresses, two versions merged, comments, one editor."""

from typing import Any

from django.urls import URLPattern, path
from wagtail.snippets.views.snippets import EditView

from heritage.accounts.viewsets import ScopedViewSet
from heritage.catalog.moderation.admin.comments import CommentsView
from heritage.catalog.moderation.admin.comparing import SeenCompareView
from heritage.catalog.moderation.admin.editing import MergingEdit
from heritage.catalog.moderation.admin.history import VersionedHistoryView
from heritage.catalog.moderation.admin.holding import TakeOverView
from heritage.catalog.moderation.admin.merging import MergeView
from heritage.catalog.moderation.admin.version import VersionView


class MergingEditView(MergingEdit, EditView):
    """One person has it in hand; where two saved all the same, they see both versions."""


class VersionedViewSet(ScopedViewSet):
    """Of a model with drafts, locks and revisions."""

    edit_view_class: Any = MergingEditView
    create_template_name = "catalog/moderation/create.html"
    edit_template_name = "catalog/moderation/edit.html"
    history_view_class = VersionedHistoryView
    revisions_compare_view_class = SeenCompareView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("merge/<int:pk>/<int:kept>/", self.construct_view(MergeView), name="merge"),
            path("comments/<int:pk>/", self.construct_view(CommentsView), name="comments"),
            path("version/<int:pk>/<int:revision>/", self.construct_view(VersionView), name="version"),
            path("take-over/<int:pk>/", self.construct_view(TakeOverView), name="take_over"),
        ]
