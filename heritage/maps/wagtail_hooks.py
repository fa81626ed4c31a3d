"""What maps adds to Wagtail's admin."""

from wagtail.snippets.models import register_snippet

from heritage.maps.admin.itinerary import ItineraryViewSet
from heritage.maps.admin.place import PlaceViewSet
from heritage.maps.admin.suggestion import SuggestionViewSet
from heritage.maps.admin.thematic import ThematicMapViewSet

register_snippet(PlaceViewSet)
register_snippet(ItineraryViewSet)
register_snippet(ThematicMapViewSet)
register_snippet(SuggestionViewSet)
