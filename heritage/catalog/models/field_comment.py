"""What staff say to each other about a field of a record or dossier, and what they ask to be changed."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldComment(models.Model):
    """A remark, or with `answer_to` an answer; `field` names a field or a child relation, "" the whole.

    With `is_request` it asks for a change of what is public already; whoever may edit the object sees it as a task.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    content_object = GenericForeignKey("content_type", "object_id", for_concrete_model=False)
    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("comment"), max_length=2000)
    is_request = models.BooleanField(_("asks for a change"), default=False)
    answer_to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("resolved by"),
    )

    class Meta:
        verbose_name = _("comment on a field")
        verbose_name_plural = _("comments on fields")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="field_comment_object"),
            models.Index(
                fields=["content_type", "created_at"],
                name="field_comment_open",
                condition=models.Q(resolved_at=None, answer_to=None),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
