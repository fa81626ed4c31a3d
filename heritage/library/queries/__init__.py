"""Reads of the library."""

from heritage.library.queries.shelves import published

__all__ = ["published"]
