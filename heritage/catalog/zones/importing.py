"""Bringing protection zones in from a file: each area to the record and zone that it names, the rest refused.

What is new goes into a draft of the record, which is then approved like any other, unless the caller publishes.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.accounts.models import User
from heritage.catalog.imports.report import Refusal, Tally, UnreadableFileError
from heritage.catalog.models import ProtectionZone, Record
from heritage.catalog.zones import naming
from heritage.catalog.zones.naming import Named
from heritage.catalog.zones.reading import one_or_none
from heritage.places.geometry import coordinate_lists, files, provinces, shapes, vn2000
from heritage.places.geometry.files.found import Found

LISTS = (".txt", ".csv")
"""Endings of lists of VN-2000 coordinates."""


@dataclass
class Options:
    """What holds for every area that does not say it itself; `publish` needs no approval afterwards."""

    record: str = ""
    zone: str = ""
    source: str = ""
    meridian: float | None = None
    dry_run: bool = False
    publish: bool = False


@dataclass
class ZoneReport(Tally):
    """Counts are of areas; `Refusal.line` is the area's place in the file, from 1."""

    warnings: list[Refusal] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            **self.counts(),
            "refused_areas": [refusal.as_json() for refusal in self.refusals],
            "warnings": [warning.as_json() for warning in self.warnings],
            "dry_run": self.dry_run,
        }


def import_file(path: Path, options: Options, user: User | None = None) -> ZoneReport:
    """Bring in the zones of a GeoJSON, KML, KMZ, zipped Shapefile, GPX or list of VN-2000 coordinates.

    A zone is known again by its record, its kind and the day from which it holds (without a day in the file: the
    only one of its kind that goes on); what differs is changed, what is the same stays. Each record is one
    transaction; an area that is refused leaves the others alone.

    Raises:
        UnreadableFileError: the file cannot be read at all; nothing is changed.
    """
    report = ZoneReport(dry_run=options.dry_run)
    by_record: dict[str, list[Named]] = defaultdict(list)
    for line, found in enumerate(_areas(path, options, report), 1):
        try:
            named = naming.name(line, found, options.record, options.zone, options.source)
        except naming.WrongAreaError as error:
            report.refusals.append(Refusal(line, error.number, error.column, error.value, str(error)))
        else:
            by_record[named.number].append(named)
    for number, areas in by_record.items():
        _take(number, areas, options, report, user)
    report.refusals.sort(key=lambda refusal: refusal.line)
    return report


def _areas(path: Path, options: Options, report: ZoneReport) -> list[Found]:
    try:
        with path.open("rb") as file:  # one byte more than allowed is enough for the reader to refuse it
            data = file.read(files.LARGEST_FILE + 1)
        return _list(data, options, report) if path.suffix.lower() in LISTS else files.read(path.name, data)
    except shapes.BadGeometryError as error:
        raise UnreadableFileError(str(error)) from error
    except OSError as error:
        raise UnreadableFileError(f"{path}: {error.strerror}") from error


def _list(data: bytes, options: Options, report: ZoneReport) -> list[Found]:
    """One area; without a meridian that of the record's province, where it has just one."""
    record = Record.objects.filter(number=options.record).select_related("unit__province").first()
    unit = record.unit if record else None
    meridian = options.meridian
    usual = vn2000.meridians_of(unit)
    if meridian is None and len(usual) == 1:
        meridian = usual[0]
    if meridian is None:
        message = _("Name the central meridian of the drawing with --meridian, such as 106.5. %(usual)s")
        known = ", ".join(f"{one:g} ({vn2000.label(one)})" for one in usual)
        raise UnreadableFileError((message % {"usual": known}).strip())
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(_("The list is not UTF-8 text; save it as such.")) from error
    near = (record.longitude, record.latitude) if record and record.longitude is not None else None
    area, hints = coordinate_lists.read(text, meridian, near=near)  # type: ignore[arg-type]
    for hint in hints or one_or_none(vn2000.unusual(meridian, unit)):
        report.warnings.append(Refusal(1, options.record, "meridian", f"{meridian:g}", hint.message))
    return [Found(area)]


def _take(number: str, areas: list[Named], options: Options, report: ZoneReport, user: User | None) -> None:
    record = Record.objects.filter(number=number).select_related("unit__province").first()
    if record is None:
        for area in areas:
            message = _("There is no record of this number.")
            report.refusals.append(Refusal(area.line, number, "record", number, message))
        return
    waiting = record.has_unpublished_changes and record.first_published_at is not None
    if options.publish and waiting:
        message = _("A draft of this record waits; publish or discard it, then import again.")
        report.refusals += [Refusal(area.line, number, "record", number, message) for area in areas]
        return
    with transaction.atomic():
        draft = record.get_latest_revision_as_object()
        taken = [area for area in areas if _fit(draft, area, report)]
        if taken and not options.dry_run:
            _save(draft, taken, options, user)


def _fit(draft: Record, area: Named, report: ZoneReport) -> bool:
    """Bring one area into the zones of `draft`; False where nothing is to be saved for it."""
    known = _known(list(draft.zones.all()), area)
    zone = known or ProtectionZone(kind=area.kind)
    before = [getattr(zone, name) for name in area.values]
    for name, value in area.values.items():
        setattr(zone, name, value)
    if known and before == list(area.values.values()):
        report.unchanged += 1
        return False
    zone.record = draft
    try:
        zone.full_clean(exclude=["record", "designation"])
    except ValidationError as error:
        for name, value in zip(area.values, before, strict=True):
            setattr(zone, name, value)
        _refuse(error, area, report)
        return False
    draft.zones.add(zone)
    report.created += known is None
    report.updated += known is not None
    province = (draft.unit.province or draft.unit) if draft.unit else None
    for warning in one_or_none(provinces.warning(shapes.of(zone.geometry), province)):
        report.warnings.append(Refusal(area.line, area.number, "geometry", area.name, warning.message))
    return True


def _known(zones: list[ProtectionZone], area: Named) -> ProtectionZone | None:
    """The zone that `area` means; where the file gives no first day, the only one of its kind that goes on."""
    of_kind = [zone for zone in zones if zone.kind == area.kind]
    first = area.values.get("valid_from")
    going_on = [zone for zone in of_kind if zone.valid_to is None]
    if first is None and len(going_on) == 1:
        return going_on[0]
    return next((zone for zone in of_kind if zone.valid_from == first), None)


def _refuse(error: ValidationError, area: Named, report: ZoneReport) -> None:
    for name, messages in error.message_dict.items():
        value = area.name if name == "geometry" else str(area.values.get(name, ""))
        report.refusals += [Refusal(area.line, area.number, name, value, message) for message in messages]


def _save(draft: Record, areas: list[Named], options: Options, user: User | None) -> None:
    revision = draft.save_revision(user=user, clean=False)
    if options.publish:
        revision.publish(user=user, skip_permission_checks=True)
    record = Record.objects.get(pk=draft.pk)
    log(record, "wagtail.edit", user=user, data={"zones_imported": len(areas)}, revision=revision, content_changed=True)
