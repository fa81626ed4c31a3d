"""How one person likes the list of records: searches under a name, and the columns shown."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST = 40
"""Searches that one person keeps."""


class SavedList(models.Model):
    """Filters of the list under a name; `query` is the part of its address behind `?`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_lists")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filters"), max_length=1000)
    created_at = models.DateTimeField(_("saved at"), auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_list_once")]
        verbose_name = _("search kept in the list of records")
        verbose_name_plural = _("searches kept in the list of records")

    def __str__(self) -> str:
        return self.name


class ListColumns(models.Model):
    """The columns that one person chose, by name, in the list's own order."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_columns")
    names = models.JSONField(default=list)

    class Meta:
        verbose_name = _("columns of the list of records")
        verbose_name_plural = _("columns of the list of records")

    def __str__(self) -> str:
        return ", ".join(self.names)
