"""Authority names: one entry for a person or body, whatever the title pages call them."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from heritage.core.folding import fold, nfc


class AuthorityKind(models.TextChoices):
    PERSON = "person", _("person")
    BODY = "body", _("organisation")


def validate_isni(value: str) -> None:
    """ISNI (ISO 27729): sixteen characters, the last a check character (ISO/IEC 7064, MOD 11-2).

    Raises:
        ValidationError: it is no ISNI, or its check character is wrong.
    """
    total = 0
    if re.fullmatch(r"\d{15}[\dX]", value):
        for digit in value[:15]:
            total = (total + int(digit)) * 2
        if "0123456789X"[(12 - total % 11) % 11] == value[15]:
            return
    raise ValidationError(_("An ISNI has sixteen digits without spaces, the last of which may be X; check this one."))


def validate_viaf(value: str) -> None:
    """VIAF cluster numbers are digits only.

    Raises:
        ValidationError: it is no such number.
    """
    if not re.fullmatch(r"[1-9]\d{0,21}", value):
        raise ValidationError(_("Write the number of the VIAF cluster, digits only."))


class AuthorityName(models.Model):
    """The preferred form of a name with its other forms, years and identifiers elsewhere. Shared by the province."""

    kind = models.CharField(_("kind"), max_length=6, choices=AuthorityKind, default=AuthorityKind.PERSON)
    name = models.CharField(_("preferred name"), max_length=200)
    other_forms = models.TextField(
        _("other forms of the name"),
        blank=True,
        max_length=4000,
        help_text=_("One on each line: pen names, Hán forms."),
    )
    begin_year = models.SmallIntegerField(_("year of birth or founding"), null=True, blank=True)
    end_year = models.SmallIntegerField(_("year of death or end"), null=True, blank=True)
    viaf = models.CharField("VIAF", max_length=22, blank=True, validators=[validate_viaf])
    isni = models.CharField("ISNI", max_length=16, blank=True, validators=[validate_isni])
    note_vi = models.TextField(_("note in Vietnamese"), blank=True, max_length=2000)
    note_en = models.TextField(_("note in English"), blank=True, max_length=2000)
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    folded = models.CharField(max_length=600, editable=False, blank=True, db_index=True)

    unit_fields = ("unit",)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("authority name")
        verbose_name_plural = _("authority names")

    def __str__(self) -> str:
        return f"{self.name} ({self.years})" if self.years else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name, self.other_forms = nfc(self.name), nfc(self.other_forms)
        self.folded = fold(f"{self.name} {' '.join(self.forms)}")[:600]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("library_name", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        if self.begin_year is not None and self.end_year is not None and self.end_year < self.begin_year:
            raise ValidationError({"end_year": _("It lies before the first year.")})

    @property
    def forms(self) -> list[str]:
        return [line.strip() for line in self.other_forms.splitlines() if line.strip()]

    @property
    def years(self) -> str:
        """`1765–1820`, `1765–`, `–1820`; "" where nothing is known."""
        begin, end = ("" if year is None else str(year) for year in (self.begin_year, self.end_year))
        return f"{begin}–{end}" if begin or end else ""

    @property
    def links(self) -> list[tuple[str, str]]:
        """Name of the file and address of the same person or body there."""
        found = [("VIAF", f"https://viaf.org/viaf/{self.viaf}")] if self.viaf else []
        return found + ([("ISNI", f"https://isni.org/isni/{self.isni}")] if self.isni else [])
