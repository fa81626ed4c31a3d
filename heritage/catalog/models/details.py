"""What stands beside a record in any number: names, sources and bibliography, relations."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from heritage.catalog.models.composed import ComposedText
from heritage.catalog.models.vocabulary import NameKind, RelationKind, SourceKind


def _year(label: Any) -> models.SmallIntegerField:
    return models.SmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(-3000), MaxValueValidator(2100)]
    )


class RecordName(ComposedText, Orderable):
    """A name beside the official one."""

    record = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(_("kind of name"), max_length=10, choices=NameKind, default=NameKind.OTHER)
    text = models.CharField(_("name"), max_length=300)
    first_year = _year(_("used from"))
    last_year = _year(_("used until"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("name")
        verbose_name_plural = _("names")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if self.first_year is not None and self.last_year is not None and self.last_year < self.first_year:
            raise ValidationError({"last_year": _("The last year is before the first.")})


class Source(ComposedText, Orderable):
    """Where a record's facts come from, and what has been written about it (`SourceKind.READING`)."""

    record = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(_("kind of source"), max_length=8, choices=SourceKind, default=SourceKind.FACTS)
    authors = models.CharField(_("authors"), max_length=200, blank=True)
    citation = models.CharField(_("citation"), max_length=500)
    url = models.URLField(_("address"), blank=True)
    pages = models.CharField(_("pages"), max_length=60, blank=True)
    published_year = _year(_("year of publication"))
    identifier = models.CharField(_("ISBN, ISSN or DOI"), max_length=60, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.citation


class Relation(ComposedText, Orderable):
    """This record stands in relation to another: a festival is celebrated at a temple."""

    record = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=16, choices=RelationKind, default=RelationKind.SEE_ALSO)
    target = models.ForeignKey("catalog.Record", models.CASCADE, related_name="+", verbose_name=_("record"))

    class Meta(Orderable.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(fields=["record", "kind", "target"], name="relation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target}"

    def clean(self) -> None:
        super().clean()
        if self.record_id and self.record_id == self.target_id:
            raise ValidationError({"target": _("A record is not related to itself.")})
