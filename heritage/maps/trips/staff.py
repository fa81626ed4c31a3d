"""An itinerary of the staff as a trip, so that both are planned, drawn and exported by one road."""

import datetime as dt

from heritage.core import languages
from heritage.maps.models import Itinerary, ItineraryStop
from heritage.maps.trips.trip import MOST_STOPS, Stop, Trip


def trip_of(itinerary: Itinerary, start: dt.date | None = None) -> Trip:
    """The trip of an itinerary that begins on `start`; its stops need `record` and `place` at hand."""
    stops = [stop for stop in itinerary.stops.all() if _is_public(stop)][:MOST_STOPS]
    last = max((stop.day for stop in stops), default=0)
    days = tuple(
        tuple(
            Stop(stop.number, stop.stay_minutes, languages.in_language(stop, "note"))
            for stop in stops
            if stop.day == day
        )
        for day in range(1, last + 1)
    )
    leave = itinerary.leave if isinstance(itinerary.leave, dt.time) else dt.time.fromisoformat(str(itinerary.leave))
    return Trip(days, start, leave, itinerary.by, title=languages.in_language(itinerary, "title"))


def _is_public(stop: ItineraryStop) -> bool:
    """A stop whose record or place is a draft, or withdrawn, is not even numbered to the public."""
    thing = stop.record or stop.place
    return bool(thing and thing.live)
