"""Who has an object in hand: whoever opened it for editing first, until they leave it, fall silent or are relieved."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class EditHold(models.Model):
    """One row for an object that was ever edited; whether it is in force is asked of Wagtail's editing sessions.

    `since` is when this person opened the object, `active_at` when they last opened, typed or saved.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    since = models.DateTimeField(_("since"))
    active_at = models.DateTimeField(_("last active at"))

    class Meta:
        verbose_name = _("hold of an editor")
        verbose_name_plural = _("holds of editors")
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="one_hold_each")]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id} {self.user_id}"
