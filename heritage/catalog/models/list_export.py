"""Lists on paper that are too long to be waited for: ordered by a person, made by the worker, kept a week."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.core.models import StaffJob


def list_place(instance: "ListExport", filename: str) -> str:
    return f"list-exports/{instance.pk}-{filename}"


class ListExport(StaffJob):
    """`action` is the form, such as `docx`; `order` has keys of records, the criteria in words and the language."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    file = models.FileField(_("file"), upload_to=list_place, max_length=200, blank=True)
    size = models.BigIntegerField(_("size in bytes"), default=0)

    class Meta(StaffJob.Meta):
        verbose_name = _("list on paper")
        verbose_name_plural = _("lists on paper")
        indexes = [models.Index(fields=["state", "id"], name="list_export_by_state")]

    @property
    def counts(self) -> dict[str, int]:
        return {"updated": self.done}

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """The file goes with its row."""
        if self.file:
            self.file.delete(save=False)
        return super().delete(*args, **kwargs)
