"""What the text of a book is cut into: short enough to be shown and weighed."""

from dataclasses import dataclass

LONGEST = 6_000
"""Characters of a passage; BM25 and snippets both do worse on a chapter of 100,000."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring paragraphs of one chapter or page; `href` is its place in the book, as the reader takes it."""

    title: str
    href: str
    text: str
