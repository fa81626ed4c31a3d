"""Models of places."""

from heritage.places.models.unit import Unit, UnitChange

__all__ = ["Unit", "UnitChange"]
