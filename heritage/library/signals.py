"""Edits made in the admin reach the outbox too, whichever of Wagtail's views made them."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save

from heritage.core import identifiers, outbox
from heritage.library.models import Contributor, Edition, Question, Work
from heritage.library.queries.shelf_counts import forget_counts


def connect() -> None:
    """Listen to every write of a work or of what hangs on it."""
    post_save.connect(_work_saved, sender=Work, dispatch_uid="library.work_saved")
    post_delete.connect(_work_saved, sender=Work, dispatch_uid="library.work_deleted")
    for part in (Edition, Contributor):
        post_save.connect(_part_saved, sender=part, dispatch_uid=f"library.{part.__name__}_saved")
        post_delete.connect(_part_saved, sender=part, dispatch_uid=f"library.{part.__name__}_deleted")
    post_save.connect(_edition_saved, sender=Edition, dispatch_uid="library.edition_forms")
    post_delete.connect(_edition_saved, sender=Edition, dispatch_uid="library.edition_forms_deleted")
    post_save.connect(_question_saved, sender=Question, dispatch_uid="library.question_saved")
    m2m_changed.connect(_links_changed, sender=Work.subjects.through, dispatch_uid="library.subjects_changed")
    m2m_changed.connect(_links_changed, sender=Work.records.through, dispatch_uid="library.records_changed")


def _work_saved(instance: Work, raw: bool = False, created: bool = False, **_kwargs: Any) -> None:
    if raw:
        return
    if created:
        identifiers.issue(instance, instance.number)
    else:
        about = Question.objects.filter(work=instance, is_shown=True)  # open only while their work is
        outbox.changed_ids("library.question", about.values_list("pk", flat=True))
    _note(instance.pk)


def _part_saved(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        _note(instance.work_id)


def _edition_saved(instance: Edition, raw: bool = False, **_kwargs: Any) -> None:
    work = Work.objects.filter(pk=instance.work_id).first()
    if work is not None and (forms := work.forms_now()) != work.forms:
        Work.objects.filter(pk=work.pk).update(forms=forms)


def _question_saved(instance: Question, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        outbox.changed(instance)


def _links_changed(instance: Any, action: str, **_kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, Work):
        _note(instance.pk)


def _note(work_pk: int) -> None:
    outbox.changed_ids("library.work", [work_pk])
    forget_counts()
