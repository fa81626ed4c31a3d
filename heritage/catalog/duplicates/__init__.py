"""Records that may describe one thing twice: found by name, place and decision, and judged by staff."""

from heritage.catalog.duplicates.finding import look
from heritage.catalog.duplicates.judging import dismiss, open_again

__all__ = ["dismiss", "look", "open_again"]
