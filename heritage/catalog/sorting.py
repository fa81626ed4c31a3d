"""Vietnamese dictionary order as plain digits, so that any database, whatever its collation, sorts as people do."""

from functools import lru_cache

from heritage.core.folding import sort_key

WIDTH = 120


@lru_cache(maxsize=20_000)
def _syllable(letters: tuple[int, ...], tone: int) -> str:
    return "".join(_letter(rank) for rank in letters) + f"00{tone}"


def _letter(rank: int) -> str:
    """Two digits: 10 to 19 for figures, 20 to 52 for letters of the alphabet; any other sign has 9 and six digits."""
    if rank < 0:
        return f"{max(rank + 62, 1):02d}"
    return f"{rank + 20:02d}" if rank < 70 else f"9{rank:06d}"


def sort_text(name: str) -> str:
    """`name` as a text of digits that sorts as `folding.sort_key` does, cut at 120 characters."""
    return "".join(_syllable(letters, tone) for letters, tone in sort_key(name))[:WIDTH]
