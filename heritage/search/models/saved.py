"""Saved searches: what a reader wants to be told of."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SavedSearch(models.Model):
    """A search kept in an account. `address` is the part of its address behind `?`; `seen_until` the last notice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    title = models.CharField(pgettext_lazy("of a saved search", "title"), max_length=200)
    address = models.CharField(_("search"), max_length=1000)
    language = models.CharField(_("language"), max_length=2, default="vi")
    wants_mail = models.BooleanField(_("notice by e-mail"), default=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seen_until = models.DateTimeField(_("told of until"), default=timezone.now)
    created_at = models.DateTimeField(_("saved at"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "address", "language"], name="saved_search_once")]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")

    def __str__(self) -> str:
        return self.title
