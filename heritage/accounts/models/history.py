"""The log of what was done to objects of administrative units, shown to those who may see the object."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import BaseLogEntry
from wagtail.models.audit_log import LogEntryQuerySet, ModelLogEntryManager


class UnitLogEntryQuerySet(LogEntryQuerySet):
    def latest_by_uuid_and_action(self) -> "UnitLogEntryQuerySet":
        """Of each object's entries of one request, the latest of an action.

        Wagtail's own takes one of all objects: of twenty records published at once, nineteen would not tell it.
        """
        same = {name: models.OuterRef(name) for name in ("uuid", "action", "content_type", "object_id")}
        latest = self.model._default_manager.filter(**same).order_by("-timestamp", "-id").values("id")[:1]
        return self.filter(models.Q(uuid__isnull=True) | models.Q(id=latest))


class UnitLogEntryManager(ModelLogEntryManager):
    def get_queryset(self) -> UnitLogEntryQuerySet:
        return UnitLogEntryQuerySet(self.model, using=self._db)

    def viewable_by_user(self, user: Any) -> models.QuerySet:
        """Entries about objects that `user` may see; Wagtail's own managers ask by kind of object only."""
        from heritage.accounts.policies import UnitPermissionPolicy
        from heritage.accounts.registration import guarded_models

        condition = models.Q(pk__in=[])
        for model in guarded_models():
            seen = UnitPermissionPolicy(model).instances_user_has_permission_for(user, "view")
            keys = seen.annotate(_key=Cast("pk", models.CharField())).values("_key")
            condition |= models.Q(
                content_type=ContentType.objects.get_for_model(model, for_concrete_model=False),
                object_id__in=keys.order_by(),
            )
        return self.filter(condition)


class UnitLogEntry(BaseLogEntry):
    """One thing done to one object that belongs to administrative units."""

    object_id = models.CharField(max_length=255, blank=False, db_index=True)

    objects = UnitLogEntryManager()

    class Meta(BaseLogEntry.Meta):
        ordering = ["-timestamp", "-id"]
        verbose_name = _("history entry")
        verbose_name_plural = _("history entries")

    def __str__(self) -> str:
        return f"{self.action}: {self.label}"

    @property
    def says_why(self) -> bool:
        """Whether what Wagtail calls the entry's comment is why it was done: its formatter's `gives_reason`."""
        return bool(getattr(self.formatter, "gives_reason", False))
