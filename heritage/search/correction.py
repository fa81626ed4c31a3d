"""Did you mean: the words of the best near hit put in place of those that nothing has."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from heritage.search.analysis import is_marked, tokens
from heritage.search.engines.base import Raw
from heritage.search.plan import Plan, Word, words

MOST_CANDIDATES = 20


def corrected(text: str, plan: Plan, hits: Sequence[Raw]) -> str:
    """`text` with each word replaced by the nearest one of the hit that needs the fewest changes; "" if none is near.

    At most half of the words may change (one of one or two). Only what the viewer found can be suggested, so nothing
    hidden shows through.
    """
    asked = [word for word in words(plan.required) if not word.is_prefix]
    most = max(1, len(asked) // 2)
    best: tuple[int, dict[str, str]] | None = None
    for hit in hits[:MOST_CANDIDATES]:
        vocabulary = _vocabulary(hit)
        changes = _changes(asked, vocabulary)
        if changes is None or len(changes) > most:
            continue
        total = sum(cost for cost, _known in changes.values())
        if total and (best is None or total < best[0]):
            best = (total, {exact: vocabulary[known] for exact, (_cost, known) in changes.items()} | vocabulary)
    return _with(text, best[1]) if best else ""


def _vocabulary(hit: Raw) -> dict[str, str]:
    """Folded words of a hit's names and keywords, and neighbours run together, each as it is written there."""
    found: dict[str, str] = {}
    payload = hit.payload
    for text in (*payload["titles"].values(), *payload["names"], *payload["keywords"]):
        row = list(tokens(text))
        for token in row:
            found.setdefault(token.folded, text[token.start : token.end].lower())
        for first, second in pairwise(row):
            found.setdefault(first.folded + second.folded, text[first.start : second.end].lower())
    return found


def _changes(asked: Iterable[Word], vocabulary: dict[str, str]) -> dict[str, tuple[int, str]] | None:
    """What each unknown word costs and becomes; None where one has nothing near."""
    changes: dict[str, tuple[int, str]] = {}
    for word in asked:
        known = vocabulary.get(word.folded)
        if known is not None and " " not in known:
            continue
        if known is not None:  # two words run together
            changes[word.exact] = (1, word.folded)
            continue
        limit = word.typos or 1
        cost, nearest = min(((distance(word.folded, one, limit), one) for one in vocabulary), default=(limit + 1, ""))
        if cost > limit:
            return None
        changes[word.exact] = (cost, nearest)
    return changes


def _with(text: str, changes: dict[str, str]) -> str:
    """`text` with unknown words changed, and known ones that were typed with other marks set right."""
    out, at = [], 0
    for token in tokens(text):
        surface = text[token.start : token.end]
        known = changes.get(token.exact)
        if known is None and is_marked(surface):
            known = changes.get(token.folded)
        out += [text[at : token.start], known or surface]
        at = token.end
    return "".join([*out, text[at:]]).strip()


def distance(first: str, second: str, limit: int) -> int:
    """Letters to insert, drop, replace or swap (Damerau, optimal string alignment); `limit + 1` for anything more."""
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, left in enumerate(first, 1):
        line = [row]
        for column, right in enumerate(second, 1):
            cost = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (left != right))
            if row > 1 and column > 1 and left == second[column - 2] and first[row - 2] == right:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > limit:
            return limit + 1
        before, above = above, line
    return above[-1]
