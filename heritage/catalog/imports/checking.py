"""The models' own checks upon what a row says, without a query: a draft's `save` asks none of them."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError

from heritage.catalog.imports import children
from heritage.catalog.imports.canonical import TEXTS, Values
from heritage.catalog.imports.draft import Draft
from heritage.catalog.models import Authority, Record

FIELDS = frozenset(field.name for field in Record._meta.concrete_fields)
KEYS = frozenset({"record", "authority", "part", "scan", "corrects"})
"""Keys of children: rows that the import itself finds or makes."""


class Checker:
    """Knows the authorities, read once for a whole file; those that a file names anew are made up for the check.

    Of `full_clean` only the constraints are left out, which the parser holds by itself: a point is whole, an act that
    ranks has its rank, a number stands once.
    """

    def __init__(self) -> None:
        self._authorities = {one.name_vi: one for one in Authority.objects.all()}
        self._draft = Draft()

    def problems(self, values: Values) -> Iterator[tuple[str, str]]:
        """Canonical keys and what is wrong with what the row says under them."""
        draft = self._draft.saying(values)
        yield from _faults(draft, FIELDS - values.keys(), "name_vi")
        for relation, made in children.unsaved(values, self._authority).items():
            for child in made:
                for _name, message in _faults(child, KEYS, relation):
                    yield relation, message

    def _authority(self, name: str) -> Authority | None:
        if not name:
            return None
        if name not in self._authorities:
            self._authorities[name] = Authority(name_vi=name)
        return self._authorities[name]


def _faults(instance: Record | children.Child, exclude: frozenset[str], otherwise: str) -> Iterator[tuple[str, str]]:
    for check in (lambda: instance.clean_fields(exclude=exclude), instance.clean):
        try:
            check()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield name if name in TEXTS else otherwise, " ".join(messages)
