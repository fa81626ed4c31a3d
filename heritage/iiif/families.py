"""The collections that iiif knows by itself: by administrative unit, and the sets that staff saved."""

from functools import partial

from django.db.models import QuerySet

from heritage.iiif import queries, shelves
from heritage.iiif.models import DigitalObject, SavedSet
from heritage.iiif.shelves import Family, Shelf
from heritage.places.models.unit import Level, Unit

UNITS, SETS = "units", "sets"


def register() -> None:
    shelves.register_family(
        Family(UNITS, {"vi": "Theo đơn vị hành chính", "en": "By administrative unit"}, "unit-", provinces, unit_shelf)
    )
    shelves.register_family(Family(SETS, {"vi": "Bộ sưu tập chọn lọc", "en": "Curated sets"}, "set-", sets, set_shelf))


def provinces() -> list[Shelf]:
    """Provinces in which, or in a unit of which, an open object lies; two queries."""
    own = _filled().values_list("pk", "province", "parent__province", "parent")
    codes = {one for row in own for one in row if one}
    found = Unit.objects.filter(pk__in=codes, level=Level.PROVINCE)
    return _shelves_of(found)


def unit_shelf(code: str) -> Shelf | None:
    """The unit of that code in its present form; one that changed its name keeps its code and its shelf."""
    rows = _shelves_of(Unit.objects.filter(code=code))
    return rows[0] if rows else None


def _parts(code: str) -> list[Shelf]:
    """The units below on whose own shelf something stands."""
    below = _filled().filter(province__code=code) | _filled().filter(parent__code=code)
    return [shelf for shelf in _shelves_of(below.distinct()) if shelf.name != f"unit-{code}"]


def _filled() -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=queries.open_objects().order_by().values("unit"))


def _shelves_of(units: QuerySet[Unit]) -> list[Shelf]:
    """One shelf for each code, under the newest name, by code."""
    newest: dict[str, Unit] = {}
    for unit in units.select_related("province").order_by("valid_from", "pk"):
        if unit.code not in newest or unit.is_current or not newest[unit.code].is_current:
            newest[unit.code] = unit
    return [_of_unit(newest[code]) for code in sorted(newest)]


def _of_unit(unit: Unit) -> Shelf:
    is_province = unit.level == Level.PROVINCE
    parent = UNITS if is_province or unit.province is None else f"unit-{unit.province.code}"
    return Shelf(
        f"unit-{unit.code}",
        {"vi": unit.name, "en": unit.name_en or unit.name},
        partial(_in_unit, unit.code),
        partial(_parts, unit.code) if is_province else tuple,
        parent=parent,
    )


def _in_unit(code: str) -> QuerySet[DigitalObject]:
    return DigitalObject.objects.filter(unit__code=code)


def sets() -> list[Shelf]:
    """Public sets with at least one open object."""
    open_pks = queries.open_objects().order_by().values("pk")
    found = SavedSet.objects.filter(is_public=True, entries__digital_object__in=open_pks)
    return [_of_set(one) for one in found.distinct()]


def set_shelf(name: str) -> Shelf | None:
    found = SavedSet.objects.filter(name=name, is_public=True).first()
    return _of_set(found) if found else None


def _of_set(saved: SavedSet) -> Shelf:
    label = {"vi": saved.label_vi, "en": saved.label_en}
    summary = {"vi": saved.summary_vi, "en": saved.summary_en}
    return Shelf(f"set-{saved.name}", label, partial(_in_set, saved.pk), summary=summary, keeps_order=True, parent=SETS)


def _in_set(pk: int) -> QuerySet[DigitalObject]:
    rows = DigitalObject.objects.filter(set_entries__saved_set=pk)
    return rows.order_by("set_entries__sort_order", "set_entries__pk")
