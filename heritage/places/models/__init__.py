"""Models of places."""

from heritage.places.models.boundary import UnitBoundary
from heritage.places.models.recorded import ChangeKind, RecordedChange
from heritage.places.models.unit import Unit, UnitChange

__all__ = ["ChangeKind", "RecordedChange", "Unit", "UnitBoundary", "UnitChange"]
