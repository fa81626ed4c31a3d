"""Comments on fields: said, answered, resolved; the history keeps each."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.accounts.models import User
from heritage.catalog.models import FieldComment
from heritage.catalog.moderation import parts

LONGEST = 2000
"""Characters of a comment."""


@dataclass
class Thread:
    """A comment with its answers."""

    comment: FieldComment
    label: str
    answers: list[FieldComment] = field(default_factory=list)


def labels(model: type[models.Model]) -> dict[str, str]:
    """By name, what the form calls the fields and child relations that can be commented upon."""
    names = [name for group in parts.field_names(model).values() for name in group]
    meta: Any = model._meta
    found = {name: str(capfirst(meta.get_field(name).verbose_name)) for name in names}
    rows = parts.relations(model).items()
    return found | {name: str(capfirst(child._meta.verbose_name_plural)) for name, child in rows}


def of(instance: models.Model) -> models.QuerySet[FieldComment]:
    content_type = ContentType.objects.get_for_model(instance, for_concrete_model=False)
    return FieldComment.objects.filter(content_type=content_type, object_id=instance.pk)


def open_by_field(instance: models.Model) -> dict[str, int]:
    """By field, how many comments wait to be resolved."""
    rows = of(instance).filter(resolved_at=None, answer_to=None).order_by()
    return dict(rows.values_list("field").annotate(count=models.Count("pk")))


def threads(instance: models.Model) -> list[Thread]:
    """All that was said: what is open first, then the newest."""
    said = list(of(instance).select_related("author", "resolved_by").order_by("created_at", "pk"))
    names = labels(type(instance))
    made = {
        each.pk: Thread(each, names.get(each.field, each.field) or str(_("The whole record")))
        for each in said
        if each.answer_to_id is None
    }
    for each in said:
        if each.answer_to_id in made:
            made[each.answer_to_id].answers.append(each)
    order = sorted(made.values(), key=lambda thread: thread.comment.created_at, reverse=True)
    return sorted(order, key=lambda thread: thread.comment.resolved_at is not None)


@transaction.atomic
def say(instance: Any, user: User, text: str, name: str = "", *, is_request: bool = False) -> FieldComment:
    """Comment upon a field of `instance`, or with `is_request` ask for a change of it.

    Raises:
        ValidationError: there is no text, too much of it, or no such field.
    """
    if name and name not in labels(type(instance)):
        raise ValidationError({"field": _("There is no field %(name)s. Choose one of the list.") % {"name": name}})
    comment = _made(instance, user, text, field=name, is_request=is_request)
    action = "catalog.change_request" if is_request else "catalog.comment"
    log(instance, action, user=user, data={"field": name, "text": comment.text})
    return comment


@transaction.atomic
def answer(comment: FieldComment, user: User, text: str) -> FieldComment:
    """Answer a comment; an answer to a resolved one opens it again.

    Raises:
        ValidationError: as of `say`.
    """
    instance: Any = comment.content_object
    given = _made(instance, user, text, field=comment.field, answer_to=comment)
    FieldComment.objects.filter(pk=comment.pk).update(resolved_at=None, resolved_by=None)
    log(instance, "catalog.comment", user=user, data={"field": comment.field, "text": given.text})
    return given


@transaction.atomic
def resolve(comment: FieldComment, user: User) -> None:
    """Say that a comment is done with; it stays in the history."""
    rows = FieldComment.objects.filter(pk=comment.pk, resolved_at=None)
    if rows.update(resolved_at=timezone.now(), resolved_by=user):
        data = {"field": comment.field, "text": comment.text}
        log(comment.content_object, "catalog.comment_resolved", user=user, data=data)


def _made(instance: models.Model, user: User, text: str, **values: Any) -> FieldComment:
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Write what you want to say.")})
    if len(text) > LONGEST:
        message = _("A comment has at most %(most)d characters; this one has %(count)d.")
        raise ValidationError({"text": message % {"most": LONGEST, "count": len(text)}})
    content_type = ContentType.objects.get_for_model(instance, for_concrete_model=False)
    return FieldComment.objects.create(
        content_type=content_type, object_id=instance.pk, author=user, text=text, **values
    )
