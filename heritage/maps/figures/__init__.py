"""Figures by area on the map: heritage by unit of today or of before 2025, year by year, and what only staff see."""

from heritage.maps.figures.areas import DIVISIONS, Area, Division
from heritage.maps.figures.classes import breaks
from heritage.maps.figures.measures import MEASURES, Figures, Measure, figures, measures_for

__all__ = [
    "DIVISIONS",
    "MEASURES",
    "Area",
    "Division",
    "Figures",
    "Measure",
    "breaks",
    "figures",
    "measures_for",
]
