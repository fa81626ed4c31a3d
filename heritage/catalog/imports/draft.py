"""One unsaved record that takes on what row after row says: a new one for each would take half of an import."""

from heritage.catalog.imports.canonical import TEXTS, Values
from heritage.catalog.models import Record

DEFAULTS = {field.name: field.get_default for field in Record._meta.concrete_fields if field.name in TEXTS}


class Draft:
    """Nothing but columns of the record's own is set on it, so nothing of one row is left for the next."""

    def __init__(self) -> None:
        self._record = Record(live=False)

    def saying(self, values: Values, number: str = "") -> Record:
        """The record as `values` have it, valid until the next row; what they leave out is as in a new record."""
        record = self._record
        record.number = number
        for key, default in DEFAULTS.items():
            setattr(record, key, values[key] if key in values else default())
        return record
