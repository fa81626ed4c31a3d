"""Taking catalogue records in. What staff wrote stays: a known work only gets what it lacks."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

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
    report = Report(dry_run=dry_run)
    for place, found in rows:
        path = f"{name}:{place}"
        if isinstance(found, str):
            report.rows.append(Row(path, "refused", reason=found))
            continue
        try:
            with transaction.atomic():
                report.rows.append(_take(found, path))
                transaction.set_rollback(dry_run)
        except ValidationError as error:
            report.rows.append(Row(path, "refused", title=found.title_vi, reason="; ".join(error.messages)))
    return report


def _take(found: Description, path: str) -> Row:
    if not found.title_vi:
        raise ValidationError(_("The record has no title."))
    isbns = [isbn for isbn in map(isbn_13, found.isbns) if isbn]
    work = _known(found, isbns)
    if work is None:
        work = _new(found)
        outcome = "created"
    else:
        outcome = "updated" if _fill(work, found) else "unchanged"
    if isbns and not work.editions.filter(isbn__in=isbns).exists():
        Edition.objects.create(work=work, kind=EditionKind.PRINT, isbn=isbns[0], note_vi=found.holding[:500])
        outcome = "created" if outcome == "created" else "updated"
    return Row(path, outcome, work.number, work.title_vi)  # type: ignore[arg-type]


def _known(found: Description, isbns: list[str]) -> Work | None:
    """By number, else by ISBN, else by title and author together."""
    if found.number and (work := Work.objects.filter(number=found.number).first()):
        return work
    if isbns and (work := Work.objects.filter(editions__isbn__in=isbns).order_by("pk").first()):
        return work
    names = [nfc(name) for name, role in found.contributors if role == "aut"]
    titled = Work.objects.filter(Q(title_vi=nfc(found.title_vi)) | Q(title_en=nfc(found.title_vi)))
    return titled.filter(contributors__name__in=names).order_by("pk").first() if names else None


def _new(found: Description) -> Work:
    work = Work(
        language=found.language if found.language in Language.values else Language.VI,
        audience=found.audience if found.audience in Audience.values else Audience.GENERAL,
        licence=found.licence if found.licence in Licence.values else Licence.COPYRIGHT,
        live=False,
        has_unpublished_changes=True,
    )
    _set(work, found)
    _people(work, found)
    _links(work, found)
    return works.save_work(work)


def _fill(work: Work, found: Description) -> bool:
    changed = _set(work, found)
    if found.contributors and not work.contributors.exists():
        _people(work, found)
        changed = True
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


def _links(work: Work, found: Description) -> None:
    work.subjects.set(Subject.objects.filter(Q(label_vi__in=found.subjects) | Q(label_en__in=found.subjects)))
    work.records.set(Record.objects.filter(number__in=found.records))
