"""Asking and answering."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from heritage.core.addresses import absolute
from heritage.core.folding import nfc
from heritage.library.models import Question, Work

MOST_WAITING = 10
"""Unanswered questions of one account."""


def ask(user: Any, text: str, work: Work | None, language: str, **given: Any) -> Question:
    """Keep a question; `given` are name, email, may_be_shown.

    Raises:
        ValidationError: the account has as many open questions as it may.
    """
    own = user if getattr(user, "is_authenticated", False) else None
    if own and Question.objects.filter(user=own, answered_at=None).count() >= MOST_WAITING:
        raise ValidationError(_("You have %(count)d questions that wait for an answer.") % {"count": MOST_WAITING})
    return Question.objects.create(user=own, text=nfc(text), work=work, language=language, **given)


@transaction.atomic
def note_answer(question: Question, user: Any, before: str) -> None:
    """After staff saved a question: a new or changed answer is dated, and goes to its reader by e-mail."""
    if not question.answer.strip() or question.answer == before:
        return
    question.answered_at, question.answered_by = timezone.now(), user
    question.save(update_fields=["answered_at", "answered_by"])
    if question.email:
        transaction.on_commit(lambda: _tell(question))


def _tell(question: Question) -> None:
    with override(question.language):
        subject = _("The library's answer to your question")
        body = f"{question.text}\n\n{question.answer}\n"
        if question.work:
            body += f"\n{absolute(question.work.get_absolute_url())}\n"
        send_mail(subject, body, None, [question.email], fail_silently=True)
