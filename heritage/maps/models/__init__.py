"""Models of maps."""

from heritage.maps.models.mark import Cluster, Mark
from heritage.maps.models.place import Place, PlaceImage, TicketPrice
from heritage.maps.models.vocabulary import Answer, Category, HoursState, PlaceKind, PriceBand, VisitorGroup

__all__ = [
    "Answer",
    "Category",
    "Cluster",
    "HoursState",
    "Mark",
    "Place",
    "PlaceImage",
    "PlaceKind",
    "PriceBand",
    "TicketPrice",
    "VisitorGroup",
]
