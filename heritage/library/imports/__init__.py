"""Taking in e-books and audiobooks: each file or folder becomes a title, or is refused with the reason."""

from heritage.library.imports.report import Report, Row
from heritage.library.imports.taking import take_in
from heritage.library.imports.terms import Terms

__all__ = ["Report", "Row", "Terms", "take_in"]
