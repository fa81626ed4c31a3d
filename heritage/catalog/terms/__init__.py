"""The register's own vocabularies, terms of type and periods: exchanged as SKOS, merged, counted."""

from heritage.catalog.terms.exchange import Row, concepts, take_in
from heritage.catalog.terms.merging import merge
from heritage.catalog.terms.uses import with_uses

__all__ = ["Row", "concepts", "merge", "take_in", "with_uses"]
