"""What search keeps in the database."""

from heritage.search.models.promotion import PromotedResult
from heritage.search.models.rebuild import Rebuild, RebuildState
from heritage.search.models.saved import SavedSearch
from heritage.search.models.synonyms import SynonymGroup
from heritage.search.models.tally import Tally

__all__ = ["PromotedResult", "Rebuild", "RebuildState", "SavedSearch", "SynonymGroup", "Tally"]
