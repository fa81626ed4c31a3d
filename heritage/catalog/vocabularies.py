"""Narrowing a list by a hierarchical vocabulary: a term stands for itself and all that is narrower."""

from django.db.models import QuerySet

from heritage.catalog.models import Period, Record, RecordTag, TaggedRecord, Term
from heritage.core import languages

Vocabulary = type[Period] | type[Term]
VOCABULARIES: dict[str, Vocabulary] = {"term": Term, "period": Period}


def with_narrower(vocabulary: Vocabulary, code: str) -> set[int]:
    """Primary keys of the row with `code` and of all below it; empty where there is none. One query."""
    rows = list(vocabulary._default_manager.values_list("pk", "parent", "code"))
    found = {pk for pk, _parent, own in rows if own == code}
    while further := {pk for pk, parent, _own in rows if parent in found} - found:
        found |= further
    return found


def narrowed(records: QuerySet[Record], name: str, code: str) -> QuerySet[Record]:
    """Those of `records` under the term or period of this code."""
    through = Record.terms.through if name == "term" else Record.periods.through
    rows = through._default_manager.filter(**{f"{name}__in": with_narrower(VOCABULARIES[name], code)})
    return records.filter(pk__in=rows.values("record"))


def tagged(records: QuerySet[Record], slug: str) -> QuerySet[Record]:
    return records.filter(pk__in=TaggedRecord.objects.filter(tag__slug=slug).values("content_object"))


def label(name: str, code: str) -> str:
    """The name of a term, period or tag in the page's language; the code itself where there is no such row."""
    if name == "tag":
        return RecordTag.objects.filter(slug=code).values_list("name", flat=True).first() or code
    row = VOCABULARIES[name]._default_manager.filter(code=code).first()
    return languages.in_language(row, "name") if row else code
