"""Which book a file is: the same bytes, the same edition by identifier or ISBN, the same work, or one that looks alike.

Titles are compared with their marks: `Chùa Dâu` and `Chùa Đậu` are two books.
"""

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Q
from django.utils.translation import gettext as _

from heritage.core.folding import fold, nfc
from heritage.library.epub import EpubError
from heritage.library.models import Edition, EditionKind, Work


@dataclass(frozen=True)
class Claim:
    """What a file says it is; `creators` are names."""

    kind: EditionKind
    source: str
    identifier: str
    isbn: str
    title: str
    creators: list[str]


@dataclass
class Seen:
    """The books of one import so far, so that two of them do not replace each other."""

    by_name: dict[tuple[str, str, str], Path] = field(default_factory=dict)

    def note(self, claim: Claim, path: Path) -> None:
        """Remember the book at `path`.

        Raises:
            EpubError: another file handed in with it is the same book in another version.
        """
        for name in filter(None, (claim.identifier, claim.isbn)):
            other = self.by_name.setdefault((claim.kind, name, same(claim.title)), path)
            if other != path:
                raise EpubError(
                    _("It is another version of %(name)s, handed in with it; choose one.") % {"name": other.name}
                )


def same(title: str) -> str:
    """What two spellings of one title share: case, spaces and punctuation do not count, marks do."""
    letters = (c if unicodedata.category(c)[0] in "LNM" else " " for c in nfc(title).casefold())
    return " ".join("".join(letters).split())


def known_by_bytes(kind: EditionKind, source: str) -> Edition | None:
    return Edition.objects.select_related("work").filter(kind=kind, source_sha256=source).first()


def known_edition(claim: Claim) -> Edition | None:
    """The edition of which this file is a newer version.

    Programs write the same identifier into book after book, so the title in the file has to be the same too.
    """
    rows = Edition.objects.select_related("work").filter(kind=claim.kind).order_by("pk")
    for wanted in ({"source_identifier": claim.identifier}, {"isbn": claim.isbn}):
        if not all(wanted.values()):
            continue
        for edition in rows.filter(**wanted)[:20]:
            if not edition.source_title or same(edition.source_title) == same(claim.title):
                return edition
    return None


def work_for(claim: Claim, likeness: list[Work]) -> Work | None:
    """The one work of which this is another form: by ISBN, else of `likeness` the one that lacks this kind."""
    if claim.isbn and (work := Work.objects.filter(editions__isbn=claim.isbn).order_by("pk").first()):
        return work
    rows = [work for work in likeness if not any(edition.kind == claim.kind for edition in work.editions.all())]
    return rows[0] if len(rows) == 1 else None


def alike(claim: Claim) -> list[Work]:
    """Works of the same title, unless their authors are others."""
    title = same(claim.title)
    if not title:
        return []
    folded = fold(title)[:250]
    found = Work.objects.filter(Q(folded__startswith=folded) | Q(folded__endswith=folded))
    wanted = {same(name) for name in claim.creators if name}
    rows = []
    for work in found.prefetch_related("contributors", "editions").order_by("pk")[:50]:
        names = {same(one.name) for one in work.contributors.all()}
        if title in (same(work.title_vi), same(work.title_en)) and (not wanted or not names or wanted & names):
            rows.append(work)
    return rows
