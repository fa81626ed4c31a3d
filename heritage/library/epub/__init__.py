"""E-books: opening hostile EPUB files within limits, reading their package, and cleaning them.

The XML is read by lxml without entities, DTDs or network; the ZIP by the standard library, counted as it is unpacked.
"""

from heritage.library.epub.errors import EpubError
from heritage.library.epub.reading import Epub, read

__all__ = ["Epub", "EpubError", "read"]
