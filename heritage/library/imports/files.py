"""Files and transactions in step: what is written for a book that does not come to be is removed again."""

from typing import Any

from django.core.files.base import File
from django.db.models.fields.files import FieldFile


class WrittenFiles:
    """The files of one book while it is taken in."""

    def __init__(self) -> None:
        self._new: list[tuple[Any, str]] = []
        self._old: list[tuple[Any, str]] = []

    def write(self, field: FieldFile, name: str, content: File) -> None:
        """Store `content`; what the field held before is removed once the book is in."""
        if field:
            self.drop(field)
        field.save(name, content, save=False)
        self.note(field)

    def note(self, field: FieldFile) -> None:
        """`field` was written by other means."""
        self._new.append((field.storage, str(field.name)))

    def drop(self, field: FieldFile) -> None:
        self._old.append((field.storage, str(field.name)))

    def keep(self) -> None:
        """The transaction is committed."""
        _delete(self._old)

    def undo(self) -> None:
        """The transaction was rolled back."""
        _delete(self._new)


def _delete(files: list[tuple[Any, str]]) -> None:
    for storage, name in files:
        storage.delete(name)
