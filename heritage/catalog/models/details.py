"""What stands beside a record in any number: names, sources, relations."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from heritage.catalog.models.composed import ComposedText
from heritage.catalog.models.vocabulary import NameKind, RelationKind


class RecordName(ComposedText, Orderable):
    """A name beside the official one."""

    record = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(_("kind of name"), max_length=10, choices=NameKind, default=NameKind.OTHER)
    text = models.CharField(_("name"), max_length=300)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("name")
        verbose_name_plural = _("names")

    def __str__(self) -> str:
        return self.text


class Source(ComposedText, Orderable):
    """Where a record's facts come from."""

    record = ParentalKey("catalog.Record", on_delete=models.CASCADE, related_name="sources")
    citation = models.CharField(_("citation"), max_length=500)
    url = models.URLField(_("address"), blank=True)
    pages = models.CharField(_("pages"), max_length=60, blank=True)

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
