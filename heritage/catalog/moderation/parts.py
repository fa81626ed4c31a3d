"""A version taken apart: each field and each child row by itself, so that two versions can be told apart and joined.

A part's key is the field's name (`name_vi`), or the relation's name and the row's primary key (`sources:12`); a row
that is not saved yet is known by what it says (`sources:+3fa8...`).
"""

import json
import re
from collections.abc import Iterator
from hashlib import blake2s
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from taggit.models import ItemBase
from wagtail.fields import RichTextField

from heritage.core.folding import nfc

Content = dict[str, Any]

KEPT_BY_WAGTAIL = frozenset({"first_published_at"})
"""Fields that a form could offer and nobody fills in."""

DRAWN_KEYS = re.compile(r' data-block-key="[^"]*"')
"""What the text editor numbers paragraphs with; no word of the text."""

NO_WORDS = re.compile(r"\A(?:<p>(?:\s|<br\s*/?>)*</p>\s*)+\Z")
"""What the text editor makes of a text that is empty."""


def together(model: type[models.Model]) -> tuple[tuple[str, ...], ...]:
    """Fields that make sense only together, such as both coordinates of a point: the model's `one_part`."""
    return getattr(model, "one_part", ())


def field_names(model: type[models.Model]) -> dict[str, tuple[str, ...]]:
    """By key, the fields of each part that is no child row: what people fill in, not what the archive keeps itself."""
    grouped = {name: group for group in together(model) for name in group}
    fields = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    names = [field.name for field in fields if field.name not in KEPT_BY_WAGTAIL]
    names += [field.name for field in get_all_child_m2m_relations(model)]
    return {grouped.get(name, (name,))[0]: grouped.get(name, (name,)) for name in names}


def relations(model: type[models.Model]) -> dict[str, type[models.Model]]:
    """By accessor name, the models of child rows."""
    return {each.get_accessor_name(): each.related_model for each in get_all_child_relations(model)}


def rows(model: type[models.Model], name: str, content: Content) -> Iterator[tuple[str, Content]]:
    """The child rows of a relation, with their keys, in order."""
    child = relations(model)[name]
    for row in content.get(name) or ():
        yield row_key(child, name, row), row


def row_key(child: type[models.Model], name: str, row: Content) -> str:
    if issubclass(child, ItemBase):  # a tag is the same tag, whichever row holds it
        return f"{name}:tag-{row.get('tag')}"
    return f"{name}:{row['pk']}" if row.get("pk") else f"{name}:+{fingerprint(row_value(child, row))}"


def row_value(child: type[models.Model], row: Content) -> Content:
    """What somebody filled in: no key, no place in the order, not whose it is."""
    if issubclass(child, ItemBase):
        return {"tag": row.get("tag")}
    fields = [field for field in child._meta.concrete_fields if field.editable and not field.primary_key]
    return {
        field.name: plain(field, row.get(field.name))
        for field in fields
        if field.name != "sort_order" and not (field.remote_field and type(field).__name__ == "ParentalKey")
    }


def plain(field: models.Field, value: Any) -> Any:
    """One form for what is the same: line ends, marks of the editor, nothing at all."""
    if isinstance(value, str):
        value = nfc(value.replace("\r\n", "\n")).strip()
        if isinstance(field, RichTextField):
            value = NO_WORDS.sub("", DRAWN_KEYS.sub("", value))
    if isinstance(field, ParentalManyToManyField):
        value = sorted(str(each) for each in value or ())
    return None if value in ("", [], {}) else value


def fingerprint(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, cls=DjangoJSONEncoder)
    return blake2s(text.encode(), digest_size=8).hexdigest()


def fingerprints(model: type[models.Model], content: Content) -> dict[str, str]:
    """By key, what tells whether a part has changed; parts that are empty are left out."""
    found = {}
    for key, names in field_names(model).items():
        values = [plain(_field(model, name), content.get(name)) for name in names]
        if any(value is not None for value in values):
            found[key] = fingerprint(values)
    for name, child in relations(model).items():
        found |= {key: fingerprint(row_value(child, row)) for key, row in rows(model, name, content)}
    return found


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)
