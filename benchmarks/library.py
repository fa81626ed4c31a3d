"""The library whole: sending bytes, taking books in, lists of many works, opening a book. Each part also runs alone.

`size` is the number of works on the shelves, 100,000 by default; the other parts have sizes of their own.
"""

from typing import Any

from benchmarks import library_bytes, library_import, library_lists, library_opening
from benchmarks.support import fresh_site


def run(size: int) -> dict[str, Any]:
    """Figures by part, and all bars together as `[measured, wanted, is met]`."""
    fresh_site()
    parts = {
        "bytes": library_bytes.measure(),
        "import": library_import.measure(),
        "opening": library_opening.measure(),
        "lists": library_lists.measure(size or library_lists.WORKS),
    }
    bars = {name: bar for part in parts.values() for name, bar in part.pop("bars").items()}
    return {**parts, "bars": bars}
