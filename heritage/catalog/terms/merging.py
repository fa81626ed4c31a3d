"""One term instead of two: every use moves, in what is public and in drafts, and the history says so."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from heritage.catalog.models import Record
from heritage.catalog.terms.uses import column, links
from heritage.core import outbox


@transaction.atomic
def merge(row: Any, into: Any, user: Any = None) -> int:
    """Move every use of `row` to `into`, what is narrower than it too, and delete it; returns how many records moved.

    Raises:
        ValidationError: the two are one, or `into` stands below `row`.
    """
    if row.pk == into.pk:
        raise ValidationError({"into": _("A term cannot be merged into itself.")})
    _refuse_below(row, into)
    model, name = type(row), column(type(row))
    uses = links(model).filter(**{name: row.pk})
    records = sorted(set(uses.values_list("record", flat=True)))
    has_both = links(model).filter(**{name: into.pk}, record__in=records).values_list("record", flat=True)
    uses.filter(record__in=list(has_both)).delete()
    uses.update(**{name: into.pk})
    drafts = _move_in_revisions(f"{name}s", row.pk, into.pk)
    _move_below(row, into)
    moved = sorted({*records, *drafts})
    outbox.changed_ids(Record._meta.label_lower, moved)
    data = {"merged": f"{row.code} {row.name_vi}", "records": len(moved)}
    log(into, "catalog.merge_terms", user=user, data=data)
    log(row, "wagtail.delete", user=user, deleted=True)
    row.delete()
    return len(moved)


def _refuse_below(row: Any, into: Any) -> None:
    above = {into.pk}
    seen: set[int] = set()
    model = type(row)
    while above - seen:
        seen |= above
        rows = model._default_manager.filter(pk__in=above)
        pairs = rows.values_list("parent", "also_within")
        above = {key for pair in pairs for key in pair if key is not None}
        if row.pk in above:
            message = _("%(into)s stands below %(row)s; merge the narrower one into the broader, or move it first.")
            raise ValidationError({"into": message % {"into": into, "row": row}})


def _move_below(row: Any, into: Any) -> None:
    """What is narrower than `row` is narrower than `into`; what `row` is narrower than, `into` is besides."""
    model = type(row)
    for child in model._default_manager.filter(parent=row.pk):
        child.parent = into
        child.save(update_fields=["parent"])
        child.also_within.remove(into)
    for child in row.also_holds.all():
        child.also_within.remove(row)
        if child.parent_id != into.pk:
            child.also_within.add(into)
    for name in ("other_names_vi", "other_names_en"):
        known = getattr(into, name).splitlines()
        gone = [getattr(row, name.replace("other_names", "name")), *getattr(row, name).splitlines()]
        setattr(into, name, "\n".join(dict.fromkeys([*known, *filter(None, gone)])))
    into.save(update_fields=["other_names_vi", "other_names_en"])


def _move_in_revisions(name: str, old: int, new: int) -> set[int]:
    """Newest and public versions name rows by their keys, and would lose what is gone; older ones stay as they were."""
    newest = Record.objects.exclude(latest_revision=None).values_list("latest_revision", "live_revision").order_by()
    keys = {key for pair in newest for key in pair if key is not None}
    moved = set()
    for some in _batches(sorted(keys)):
        for revision in Revision.objects.filter(pk__in=some).only("content", "object_id"):
            held = revision.content.get(name) or []
            if old in held:
                kept = [key for key in held if key != old]
                revision.content[name] = kept if new in kept else [*kept, new]
                Revision.objects.filter(pk=revision.pk).update(content=revision.content)
                moved.add(int(revision.object_id))
    return moved


def _batches(keys: list[int]) -> list[list[int]]:
    return [keys[start : start + 500] for start in range(0, len(keys), 500)]
