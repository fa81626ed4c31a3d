"""Models of maps."""

from heritage.maps.models.itinerary import Itinerary, ItineraryStop, Way
from heritage.maps.models.mark import Cluster, Mark
from heritage.maps.models.place import Place, PlaceImage, TicketPrice
from heritage.maps.models.place_import import ColumnMapping, PlaceImport
from heritage.maps.models.thematic import ThematicMap
from heritage.maps.models.upkeep import HoursException, NearbyLink, Suggestion
from heritage.maps.models.visits import VisitBasis, VisitCount
from heritage.maps.models.vocabulary import Answer, Category, HoursState, PlaceKind, PriceBand, VisitorGroup

__all__ = [
    "Answer",
    "Category",
    "Cluster",
    "ColumnMapping",
    "HoursException",
    "HoursState",
    "Itinerary",
    "ItineraryStop",
    "Mark",
    "NearbyLink",
    "Place",
    "PlaceImage",
    "PlaceImport",
    "PlaceKind",
    "PriceBand",
    "Suggestion",
    "ThematicMap",
    "TicketPrice",
    "VisitBasis",
    "VisitCount",
    "VisitorGroup",
    "Way",
]
