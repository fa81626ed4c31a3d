"""The screens of readers' questions: what waits first, the answer below the question."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView

from heritage.accounts.viewsets import ScopedViewSet
from heritage.library.models import Question
from heritage.library.services import questions


class QuestionIndexView(IndexView):
    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "__str__",
            Column("work", label=_("Work")),
            Column("asked_at", label=_("asked at"), sort_key="asked_at"),
            BooleanColumn("is_answered", label=_("answered")),
            BooleanColumn("is_shown", label=_("shown")),
        ]

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("work")


class QuestionCreateView(CreateView):
    """A question that came by telephone or letter, often with its answer at once."""

    def save_instance(self) -> Any:
        instance = super().save_instance()
        questions.note_answer(instance, self.request.user, "")
        return instance


class QuestionEditView(EditView):
    def save_instance(self) -> Any:
        before = Question.objects.get(pk=self.object.pk).answer
        instance = super().save_instance()
        questions.note_answer(instance, self.request.user, before)
        return instance


class QuestionViewSet(ScopedViewSet):
    model = Question
    icon = "help"
    menu_label = _("readers' questions")
    menu_name = "questions"
    index_view_class = QuestionIndexView
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    list_filter = {"answered_at": ["isnull"], "is_shown": ["exact"]}
    search_fields = ["text", "answer"]
    inspect_view_fields = ["text", "work", "name", "email", "asked_at", "answer", "answered_at", "is_shown"]
    edit_handler = ObjectList(
        [
            FieldPanel("text"),
            FieldPanel("work"),
            FieldPanel("answer"),
            FieldPanel("name"),
            FieldPanel("email"),
            FieldPanel("may_be_shown"),
            FieldPanel("is_shown"),
        ]
    )
