"""Itineraries: stops by day, weighed against distance, opening hours and festival days."""

from heritage.maps.trips.plan import Plan, PlannedDay, PlannedStop, plan
from heritage.maps.trips.trip import MOST_DAYS, MOST_STOPS, BadTrip, Stop, Trip, parse

__all__ = ["MOST_DAYS", "MOST_STOPS", "BadTrip", "Plan", "PlannedDay", "PlannedStop", "Stop", "Trip", "parse", "plan"]
