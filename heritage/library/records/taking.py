"""Taking catalogue records in. What staff wrote stays: a known work only gets what it lacks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from heritage.accounts.reach import Reach
from heritage.catalog.models import Record
from heritage.core.folding import nfc
from heritage.library.epub.package import isbn_13
from heritage.library.imports.report import Report, Row
from heritage.library.models import Audience, Contributor, Edition, EditionKind, Language, Licence, Role, Subject, Work
from heritage.library.records.description import Description
from heritage.library.services import works

FIELDS = {
    **{name: name for name in ("title_vi", "title_en", "description_vi", "description_en", "series", "series_number")},
    "year": "publication_year",
}


def take_records(rows: Iterable[tuple[int, Description | str]], name: str, dry_run: bool = False) -> Report:
    """Take in each record by itself: created (as a draft), updated, unchanged or refused with the reason."""
    return Report([row for _place, row in take_each(rows, name, Taking(dry_run=dry_run))], dry_run)


def take_each(rows: Iterable[tuple[int, Description | str]], name: str, taking: "Taking") -> Iterator[tuple[int, Row]]:
    """The same one after another, each with its line or place in the file."""
    for place, found in rows:
        path = f"{name}:{place}"
        if isinstance(found, str):
            yield place, Row(path, "refused", reason=found)
            continue
        try:
            with transaction.atomic():
                row = taking.take(found, path)
                transaction.set_rollback(taking.dry_run)
        except ValidationError as error:
            row = Row(path, "refused", title=found.title_vi, reason="; ".join(error.messages))
        yield place, row


@dataclass
class Taking:
    """One import: for good or for trial, by somebody who may do so in some units only, None = everywhere."""

    dry_run: bool = False
    reach: Reach = field(default_factory=Reach)
    unit: int | None = None
    """To which new works belong; None = to the provincial library."""
    _new: set[tuple[str, ...]] = field(default_factory=set)

    def take(self, found: Description, path: str) -> Row:
        """
        Raises:
            ValidationError: the record cannot be taken; nothing of it is.
        """
        _check(found)
        isbns = [isbn for isbn in map(isbn_13, found.isbns) if isbn]
        work = _known(found, isbns)
        keys = {("isbn", isbn) for isbn in isbns} | {("title", found.title_vi, *_authors(found))}
        if work is None and keys & self._new:  # only in a trial: for good it would be known by now
            return Row(path, "unchanged", "", found.title_vi, _("The same stands further up in this file."))
        self._may(work)
        if work is None:
            work, outcome = self._made(found), "created"
        else:
            outcome = "updated" if _fill(work, found) else "unchanged"
        if _add_print(work, found, isbns) and outcome != "created":
            outcome = "updated"
        if self.dry_run and outcome == "created":
            self._new |= keys
        number = "" if self.dry_run and outcome == "created" else work.number
        return Row(path, outcome, number, work.title_vi, _left_out(found))  # type: ignore[arg-type]

    def _may(self, work: Work | None) -> None:
        unit = self.unit if work is None else work.unit_id
        if not self.reach.cover(unit):
            where = work.number if work else _("a new work")
            raise ValidationError(_("Your roles do not reach %(work)s; ask whoever keeps it.") % {"work": where})

    def _made(self, found: Description) -> Work:
        work = Work(
            language=found.language if found.language in Language.values else Language.OTHER,
            audience=found.audience if found.audience in Audience.values else Audience.GENERAL,
            licence=found.licence if found.licence in Licence.values else Licence.COPYRIGHT,
            unit_id=self.unit,
            live=False,
            has_unpublished_changes=True,
        )
        _set(work, found)
        _people(work, found)
        _links(work, found)
        return works.save_work(work)


def _add_print(work: Work, found: Description, isbns: list[str]) -> bool:
    """A printed edition for an ISBN that is not here yet, or to say where the book stands; True if one was made."""
    isbn = isbns[0] if isbns and not work.editions.filter(isbn__in=isbns).exists() else ""
    says_where = found.holding and not work.editions.filter(kind=EditionKind.PRINT).exists()
    if isbn or says_where:
        Edition.objects.create(work=work, kind=EditionKind.PRINT, isbn=isbn, note_vi=found.holding[:500])
    return bool(isbn or says_where)


def _check(found: Description) -> None:
    if not found.title_vi:
        raise ValidationError(_("The record has no title."))


def _known(found: Description, isbns: list[str]) -> Work | None:
    """By number, else by ISBN, else by title and author together."""
    if found.number and (work := Work.objects.filter(number=found.number).first()):
        return work
    if isbns and (work := Work.objects.filter(editions__isbn__in=isbns).order_by("pk").first()):
        return work
    names = _authors(found)
    titled = Work.objects.filter(Q(title_vi=nfc(found.title_vi)) | Q(title_en=nfc(found.title_vi)))
    return titled.filter(contributors__name__in=names).order_by("pk").first() if names else None


def _authors(found: Description) -> list[str]:
    return [nfc(name) for name, role in found.contributors if role == "aut"]


def _subjects(found: Description) -> list[Subject]:
    named = Q(label_vi__in=found.subjects) | Q(label_en__in=found.subjects)
    return list(Subject.objects.filter(named | Q(notation__in=[number for number in found.dewey if number])))


def _left_out(found: Description) -> str:
    """What the record says and the library does not know, for the report."""
    subjects = _subjects(found)
    labels = {label for subject in subjects for label in (subject.label_vi, subject.label_en)}
    numbers = {subject.notation for subject in subjects}
    records = set(Record.objects.filter(number__in=found.records).values_list("number", flat=True))
    missing = {
        _("language"): [found.language] if found.language not in Language.values else [],
        _("ISBN"): [isbn for isbn in found.isbns if not isbn_13(isbn)],
        _("subjects"): [label for label in found.subjects if label not in labels],
        _("Dewey numbers"): [number for number in found.dewey if number not in numbers],
        _("heritage records"): [number for number in found.records if number not in records],
    }
    told = "; ".join(f"{name}: {', '.join(values[:5])}" for name, values in missing.items() if values)
    return _("Not taken, as not known here: %(what)s.") % {"what": told[:300]} if told else ""


def _fill(work: Work, found: Description) -> bool:
    changed = _set(work, found)
    if found.contributors and not work.contributors.exists():
        _people(work, found)
        changed = True
    changed = _links(work, found) or changed
    if changed:
        works.save_work(work)
    return changed


def _set(work: Work, found: Description) -> bool:
    """Fill what is blank; True if anything was."""
    changed = False
    for source, target in FIELDS.items():
        value = getattr(found, source)
        if value and not getattr(work, target):
            limit = work._meta.get_field(target).max_length  # type: ignore[union-attr]
            setattr(work, target, value[:limit] if isinstance(value, str) else value)
            changed = True
    return changed


def _people(work: Work, found: Description) -> None:
    work.contributors.set(
        Contributor(name=nfc(name)[:200], role=role if role in Role.values else Role.AUTHOR, sort_order=order)
        for order, (name, role) in enumerate(found.contributors)
    )


def _links(work: Work, found: Description) -> bool:
    """Set subjects and heritage records where the work has none; True if any was set."""
    subjects = [] if work.subjects.all() else _subjects(found)
    records = [] if work.records.all() else list(Record.objects.filter(number__in=found.records))
    if subjects:
        work.subjects.set(subjects)
    if records:
        work.records.set(records)
    return bool(subjects or records)
