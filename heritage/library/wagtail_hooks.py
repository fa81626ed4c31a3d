"""Registers what the library adds to the admin."""

from collections.abc import Callable
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.core.screens import GuardedItem
from heritage.library.admin import card, desk, jobs, records_desk, taking, transcripts
from heritage.library.admin.edition import EditionViewSet
from heritage.library.admin.question import QuestionViewSet
from heritage.library.admin.vocabulary import AuthorityNameViewSet, SubjectViewSet
from heritage.library.admin.work import WorkViewSet
from heritage.library.models import AuthorityName, Question, ReaderCard, Subject, Work

VIEWSETS = (
    WorkViewSet,
    EditionViewSet,
    card.ReaderCardViewSet,
    AuthorityNameViewSet,
    SubjectViewSet,
    QuestionViewSet,
)
for viewset in VIEWSETS:
    register_snippet(viewset)


for view in jobs.BATCHES:
    hooks.register("register_bulk_action", view)


def granted(model: Any, action: Action = Action.CHANGE) -> Callable[[Any], bool]:
    """Whether somebody's roles grant `action` upon `model`."""
    return lambda user: policy_of(model).user_has_permission(user, action.value)


@hooks.register("register_admin_menu_item")
def menu() -> SubmenuMenuItem:
    def listed(model: str) -> str:
        return reverse(f"wagtailsnippets_library_{model}:list")

    entries = [
        (_("Works"), listed("work"), "doc-full", granted(Work, Action.VIEW)),
        (_("Editions"), listed("edition"), "media", granted(Work)),
        (_("Take in books"), reverse("library_take_in"), "upload", granted(Work)),
        (_("Import catalogue records"), reverse("works_imports"), "upload", records_desk.works.may),
        (_("reader cards"), listed("readercard"), "user", granted(ReaderCard)),
        (_("Loans desk"), reverse("library_desk"), "history", granted(ReaderCard)),
        (_("readers' questions"), listed("question"), "help", granted(Question)),
        (_("authority names"), listed("authorityname"), "group", granted(AuthorityName)),
        (_("subjects"), listed("subject"), "tag", granted(Subject)),
        (_("Jobs"), reverse("library_jobs"), "tasks", granted(Work)),
    ]
    items = [
        GuardedItem(label, address, icon_name=icon, order=order, may=may)
        for order, (label, address, icon, may) in enumerate(entries, 1)
    ]
    return SubmenuMenuItem(_("Library"), Menu(items=items), icon_name="openquote", order=240)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("library/take-in/", taking.take_in_books, name="library_take_in"),
        *records_desk.admin_urls(),
        path("library/jobs/", jobs.job_list, name="library_jobs"),
        path("library/jobs/<int:pk>/", jobs.job, name="library_job"),
        path("library/jobs/<int:pk>/take/", jobs.take_for_good, name="library_job_take"),
        path("library/transcripts/<int:pk>/", transcripts.transcript_list, name="library_transcripts"),
        path("library/tracks/<int:pk>/transcript/", transcripts.transcript, name="library_transcript"),
        path("library/desk/", desk.desk, name="library_desk"),
        path("library/desk/loans/<int:pk>/end/", desk.end_loan, name="library_end_loan"),
        path("library/desk/holds/<int:pk>/end/", desk.end_hold, name="library_end_hold"),
        path("library/cards/<int:pk>/approve/", card.approve, name="library_card_approve"),
        path("library/cards/<int:pk>/block/", card.block, name="library_card_block"),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """How the history of an entry tells what was done to a transcript."""

    @actions.register_action("library.transcript")
    class TranscriptWritten(LogFormatter):
        label = _("Transcript")

        def format_message(self, entry: Any) -> Any:
            said = (
                _("Transcript taken away: %(track)s") if entry.data.get("removed") else _("Transcript kept: %(track)s")
            )
            return said % {"track": entry.data.get("track", "")}
