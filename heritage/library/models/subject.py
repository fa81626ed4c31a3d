"""Subjects: what works are about, in the Dewey Decimal Classification or the library's own words."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from heritage.core import languages


class Subject(models.Model):
    """A heading with its broader one, as in SKOS (`prefLabel`, `notation`, `broader`)."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    label_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    label_en = models.CharField(_("name in English"), max_length=120, blank=True)
    notation = models.CharField(_("Dewey number"), max_length=20, blank=True)
    broader = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="narrower")

    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, blank=True, editable=False, related_name="+")

    unit_fields = ("unit",)

    class Meta:
        ordering = ["label_vi"]
        verbose_name = pgettext_lazy("of a work", "subject")
        verbose_name_plural = _("subjects")

    def __str__(self) -> str:
        return languages.in_language(self, "label")

    def clean(self) -> None:
        super().clean()
        above, seen = self.broader, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"broader": _("A subject cannot stand below itself.")})
            seen.add(above.pk)
            above = above.broader
