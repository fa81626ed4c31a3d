"""A ZIP of pictures, matched to records by their numbers; what the pictures say of themselves is kept."""

from heritage.catalog.imports.pictures.bringing import bring
from heritage.catalog.imports.pictures.placing import offered, take
from heritage.catalog.imports.pictures.undoing import take_back

__all__ = ["bring", "offered", "take", "take_back"]
