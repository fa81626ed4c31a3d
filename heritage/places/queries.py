"""Reads: which unit a code or a name means, today and before, and what became of it."""

from django.db.models import Case, F, IntegerField, Prefetch, Q, QuerySet, When

from heritage.core import languages
from heritage.core.folding import fold
from heritage.places.models import Unit, UnitChange
from heritage.places.models.unit import Level
from heritage.places.naming import bare

LONGEST_NAME = 100


def with_units_above(units: QuerySet[Unit] | None = None) -> QuerySet[Unit]:
    """Units whose full label costs no further query."""
    base = Unit.objects.all() if units is None else units
    return base.select_related("parent__parent", "province")


def current_unit(code: str, name: str = "") -> Unit | None:
    """The unit in force with this code, or None.

    A code alone may mean two places at two times, so a `name`, where given, must be the unit's: the kind before it and
    the marks do not matter (`ba tri` is `Xã Ba Tri`).
    """
    unit = with_units_above(Unit.objects.current()).filter(code=code.strip()).first()
    if unit and name and bare(unit.name) != bare(name):
        return None
    return unit


def current_province(name: str) -> Unit | None:
    """The province in force of this name (`Thái Nguyên`, `tỉnh Thái Nguyên`), or None."""
    wanted = bare(name)
    return next((unit for unit in current_provinces() if bare(unit.name) == wanted), None)


def current_provinces() -> QuerySet[Unit]:
    return Unit.objects.current().filter(level=Level.PROVINCE)


def find_old(name: str, district: str = "", province: str = "") -> list[Unit]:
    """Units of before 1 July 2025 by their printed names; more than one where the print does not tell them apart."""
    units = with_units_above(Unit.objects.filter(folded=fold(name), valid_from=None))
    wanted = {bare(part) for part in (district, province) if part}
    return [unit for unit in units if wanted <= {bare(above.name) for above in _above(unit)}]


def search(text: str, include_former: bool = True) -> QuerySet[Unit]:
    """Units in whose name every word of `text` begins a word, marks and case aside, or whose code it is.

    Those of exactly that name come first, then those in force.
    """
    return matching(with_units_above(Unit.objects.all() if include_former else Unit.objects.current()), text)


def matching(units: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Those of `units` that `search` finds, in its order."""
    wanted = fold(text)[:LONGEST_NAME]
    words = Q()
    for word in wanted.split()[:8]:
        words &= Q(folded__startswith=word) | Q(folded__contains=f" {word}")
    is_name = Q(folded=wanted) | Q(folded__endswith=f" {wanted}") | Q(code=wanted)
    order = Case(When(is_name, then=0), default=1, output_field=IntegerField())
    found = units.filter(words | Q(code=wanted)).annotate(match=order)
    return found.order_by("match", F("valid_from").desc(nulls_last=True), "level", "folded", "pk")


def successors(unit: Unit) -> list[UnitChange]:
    """What `unit` directly became; the main part first where it was divided."""
    changes = unit.successions.select_related("successor__parent__parent", "successor__province")
    return list(changes.order_by("-is_main_part", "successor__code"))


def predecessors(unit: Unit) -> list[UnitChange]:
    changes = unit.origins.select_related("predecessor__parent__parent", "predecessor__province")
    return list(changes.order_by("is_partial", "predecessor__code"))


def present_units(unit: Unit) -> list[Unit]:
    """The units in force that hold what `unit` was, the likeliest first: itself where it still exists."""
    if unit.is_current:
        return [unit]
    found: dict[int, Unit] = {}
    for change in successors(unit):
        for present in present_units(change.successor):
            found.setdefault(present.pk, present)
    return list(found.values())


def within(unit: Unit) -> Q:
    """A condition on units: `unit` itself or one below it."""
    return Q(pk=unit.pk) | Q(parent=unit) | Q(province=unit)


def then_and_now(printed: str, present: Unit | None, language: str | None = None) -> str:
    """`xã An Đức, huyện Ba Tri, tỉnh Bến Tre (nay xã Ba Tri, tỉnh Vĩnh Long)`; one of them where they are the same."""
    if present is None:
        return printed
    now = present.full_label(language)
    if not printed or fold(printed) == fold(now):
        return now
    word = "now" if (language or languages.current()) == "en" else "nay"
    return f"{printed} ({word} {now})"


def with_history(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Units with both directions of their changes fetched, for lists that show them."""
    above = "parent__parent"
    return with_units_above(units).prefetch_related(
        Prefetch("successions", UnitChange.objects.select_related("successor__parent", f"successor__{above}")),
        Prefetch("origins", UnitChange.objects.select_related("predecessor__parent", f"predecessor__{above}")),
    )


def _above(unit: Unit) -> list[Unit]:
    chain = []
    while unit.parent is not None:
        unit = unit.parent
        chain.append(unit)
    return chain
