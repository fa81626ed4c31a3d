"""Highlights: which words of a stored text are those asked for, found by the same analysis as the search.

Done only for the hits of one page, from the kept text, so that `chua` marks `Chùa` and both engines mark alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from heritage.search import numbers
from heritage.search.analysis import ROMAN_DIGITS, WORD, fold_in_place, forms, places, tokens
from heritage.search.contract import Marked, Segment
from heritage.search.plan import AnyOf, Clause, Number, Phrase, Plan, Word

SNIPPET = 220
"""Characters of a snippet, about."""
_CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """The forms to be marked."""

    exact: frozenset[str]
    folded: frozenset[str]
    beginnings: tuple[str, ...]
    numbers: frozenset[str]

    def has(self, exact: str, folded: str) -> bool:
        return (
            folded in self.folded
            or exact in self.exact
            or (bool(self.beginnings) and folded.startswith(self.beginnings))
        )

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Where `text` matches, and which folded word does.

        The words are looked at once each, however often they stand there; then only those that match are located.
        """
        written = set(WORD.findall(text))
        if not written.isdisjoint(ROMAN_DIGITS):  # `thế kỷ X`: what a letter means depends on the word before
            return [(start, end, folded) for start, end, exact, folded in places(text) if self.has(exact, folded)]
        matching = {surface: both[1] for surface in written if self.has(*(both := forms(surface)))}
        if not matching:
            return []
        return [(one.start(), one.end(), matching[one[0]]) for one in WORD.finditer(text) if one[0] in matching]

    @property
    def count(self) -> int:
        return len(self.exact) + len(self.folded) + len(self.beginnings) + len(self.numbers)


def wanted(plan: Plan) -> Wanted:
    """What `plan` asks to see; words that only help are not marked."""
    exact: set[str] = set()
    folded: set[str] = set()
    beginnings: list[str] = []
    keys: set[str] = set()

    def take(clauses: Iterable[Clause]) -> None:
        for clause in clauses:
            match clause:
                case Word(is_prefix=True):
                    beginnings.append(clause.folded)
                case Word(is_marked=True):
                    exact.add(clause.exact)
                case Word():
                    folded.add(clause.folded)
                case Phrase():
                    take(clause.words)
                case AnyOf():
                    for option in clause.options:
                        take(option)
                case Number():
                    keys.add(clause.key)

    take(plan.required)
    return Wanted(frozenset(exact), frozenset(folded), tuple(beginnings), frozenset(keys))


def marked(text: str, asked: Wanted) -> Marked:
    """The whole of `text` with its matches."""
    spans = [(start, end) for start, end, _word in asked.spans(text)]
    spans += _number_spans(text, asked)
    return _segments(text, 0, len(text), _joined(text, sorted(spans)))


def covers(text: Marked, asked: Wanted) -> bool:
    """Whether every word asked for is marked in `text`."""
    if asked.numbers or asked.beginnings:
        return False
    seen = [token for segment in text.segments if segment.is_match for token in tokens(segment.text)]
    return asked.exact <= {token.exact for token in seen} and asked.folded <= {token.folded for token in seen}


def snippet(texts: Iterable[str], asked: Wanted, length: int = SNIPPET) -> Marked:
    """The piece of `texts` with most of what was asked; the beginning of the first where nothing matches."""
    best: tuple[int, Marked] | None = None
    for text in texts:
        if not text:
            continue
        score, piece = _best_window(text, asked, length)
        if best is None or score > best[0]:
            best = (score, piece)
        if best[0] >= 100 * asked.count:  # everything asked for stands in it
            break
    return best[1] if best else Marked()


def densest(text: str, asked: Wanted) -> list[tuple[int, int]]:
    """Where the words asked for stand closest together; nothing where none does."""
    found = _found(text, asked)
    if not found:
        return []
    _score, first = _densest(found, SNIPPET)
    within = found[first][0] + SNIPPET - _CONTEXT
    return [(start, end) for start, end, _word in found[first:] if end <= within]


def _found(text: str, asked: Wanted) -> list[tuple[int, int, str]]:
    found = asked.spans(text)
    found += [(start, end, text[start:end]) for start, end in _number_spans(text, asked)]
    return sorted(found)


def _densest(found: list[tuple[int, int, str]], length: int) -> tuple[int, int]:
    """How good the best window of `length` characters is, and with which match it begins."""
    best_score, best_at = 0, 0
    last = 0
    for first in range(len(found)):
        last = max(last, first)
        while last + 1 < len(found) and found[last + 1][1] - found[first][0] <= length - _CONTEXT:
            last += 1
        kinds = len({word for _start, _end, word in found[first : last + 1]})
        score = kinds * 100 + min(99, last - first)
        if score > best_score:
            best_score, best_at = score, first
    return best_score, best_at


def _best_window(text: str, asked: Wanted, length: int) -> tuple[int, Marked]:
    found = _found(text, asked)
    if not found:
        end = _break_before(text, length) if len(text) > length else len(text)
        return 0, _segments(text, 0, end, [])
    best_score, best_at = _densest(found, length)
    start = _break_after(text, max(0, found[best_at][0] - _CONTEXT))
    end = len(text) if len(text) <= start + length else _break_before(text, start + length)
    spans = [(a, b) for a, b, _word in found if a >= start and b <= end]
    return best_score, _segments(text, start, end, _joined(text, spans))


def _number_spans(text: str, asked: Wanted) -> list[tuple[int, int]]:
    if not asked.numbers:
        return []
    found = numbers.find(fold_in_place(text))
    return [(one.start, one.end) for one in found if any(one.key.startswith(key) for key in asked.numbers)]


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbouring matches with only a space between become one."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and (start <= out[-1][1] or text[out[-1][1] : start] == " "):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _segments(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> Marked:
    segments = [Segment("… ")] if start else []
    at = start
    for first, last in spans:
        if first > at:
            segments.append(Segment(text[at:first]))
        segments.append(Segment(text[first:last], is_match=True))
        at = last
    if at < end:
        segments.append(Segment(text[at:end]))
    if end < len(text):
        segments.append(Segment(" …"))
    return Marked(tuple(segments))


def _break_after(text: str, at: int) -> int:
    """The beginning of the word at or after `at`, so that a snippet starts with a whole word."""
    if at == 0:
        return 0
    space = text.find(" ", at, at + 30)
    return space + 1 if space >= 0 else at


def _break_before(text: str, at: int) -> int:
    space = text.rfind(" ", max(0, at - 30), at)
    return space if space > 0 else at
