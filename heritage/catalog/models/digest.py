"""Whether and when somebody was told by e-mail of the tasks that wait."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskDigest(models.Model):
    """One row for each user who was told, or wants not to be; `told` has the keys of the tasks last told of."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    is_wanted = models.BooleanField(_("by e-mail, once a day at most"), default=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    told = models.JSONField(default=list)

    class Meta:
        verbose_name = _("digest of tasks")
        verbose_name_plural = _("digests of tasks")

    def __str__(self) -> str:
        return str(self.user)
