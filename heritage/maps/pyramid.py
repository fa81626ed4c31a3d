"""The cluster pyramid: counts of marks by cell, kept in step change by change and rebuilt from nothing on demand.

Each row of `maps_cluster` holds integers only, so a thousand edits leave exactly what a full rebuild makes (a property
test says so). Below `TOP_ZOOM` cells are so small that the marks themselves are counted when asked for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import connection, transaction

from heritage.core.outbox import ChangedObject
from heritage.maps import grid, layers, marks
from heritage.maps.models import Cluster, Mark

TOP_ZOOM = 13

Key = tuple[int, int, int, int]
Deltas = dict[Key, list[int]]

_UPSERT = """
INSERT INTO maps_cluster (zoom, cell_y, cell_x, symbol, count, sum_latitude, sum_longitude, sum_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (zoom, cell_y, cell_x, symbol) DO UPDATE SET
  count = maps_cluster.count + excluded.count,
  sum_latitude = maps_cluster.sum_latitude + excluded.sum_latitude,
  sum_longitude = maps_cluster.sum_longitude + excluded.sum_longitude,
  sum_id = maps_cluster.sum_id + excluded.sum_id
"""
_SWEEP = "DELETE FROM maps_cluster WHERE zoom = %s AND cell_y = %s AND cell_x = %s AND symbol = %s AND count <= 0"
_FROM_MARKS = f"""
INSERT INTO maps_cluster (zoom, cell_y, cell_x, symbol, count, sum_latitude, sum_longitude, sum_id)
SELECT {TOP_ZOOM}, cell_y >> {grid.BASE_ZOOM - TOP_ZOOM}, cell_x >> {grid.BASE_ZOOM - TOP_ZOOM}, symbol,
  COUNT(*), SUM(latitude_micro), SUM(longitude_micro), SUM(id)
FROM maps_mark GROUP BY 2, 3, 4
"""  # noqa: S608  # two constants of this module
_TOTALS = f"""
INSERT INTO maps_cluster (zoom, cell_y, cell_x, symbol, count, sum_latitude, sum_longitude, sum_id)
SELECT zoom, cell_y, cell_x, CASE WHEN {layers.IS_HERITAGE} THEN %s ELSE %s END,
  SUM(count), SUM(sum_latitude), SUM(sum_longitude), SUM(sum_id)
FROM maps_cluster WHERE zoom = {TOP_ZOOM} GROUP BY 1, 2, 3, 4
"""  # noqa: S608  # constants of our own
_FROM_BELOW = """
INSERT INTO maps_cluster (zoom, cell_y, cell_x, symbol, count, sum_latitude, sum_longitude, sum_id)
SELECT zoom - 1, cell_y >> 1, cell_x >> 1, symbol, SUM(count), SUM(sum_latitude), SUM(sum_longitude), SUM(sum_id)
FROM maps_cluster WHERE zoom = %s GROUP BY zoom, cell_y >> 1, cell_x >> 1, symbol
"""


def take_up(changes: list[ChangedObject]) -> None:
    """The outbox's consumer: bring marks and counts of the changed objects up to date, all or nothing."""
    by_model: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        by_model[change.model].add(change.pk)
    with transaction.atomic():
        for model, pks in by_model.items():
            _refresh(model, pks)


def _refresh(model: str, pks: set[int]) -> None:
    old = {mark.object_id: mark for mark in Mark.objects.filter(model=model, object_id__in=pks)}
    new = {mark.object_id: mark for mark in marks.build(model, pks)}
    deltas: Deltas = defaultdict(lambda: [0, 0, 0, 0])
    for mark in old.values():
        _count(deltas, mark, -1)
    Mark.objects.filter(pk__in=[mark.pk for key, mark in old.items() if key not in new]).delete()
    for key, mark in new.items():
        if key in old:
            mark.pk = old[key].pk
            mark.save(force_update=True)
    Mark.objects.bulk_create([mark for key, mark in new.items() if key not in old], batch_size=500)
    for mark in new.values():
        _count(deltas, mark, 1)
    _apply(deltas)


def _count(deltas: Deltas, mark: Mark, sign: int) -> None:
    amounts = (sign, sign * mark.latitude_micro, sign * mark.longitude_micro, sign * mark.pk)
    for zoom in range(TOP_ZOOM + 1):
        shift = grid.BASE_ZOOM - zoom
        for symbol in (mark.symbol, layers.total_of(mark.symbol)):
            sums = deltas[zoom, mark.cell_y >> shift, mark.cell_x >> shift, symbol]
            for place, amount in enumerate(amounts):
                sums[place] += amount


def _apply(deltas: Deltas) -> None:
    changed = {key: sums for key, sums in deltas.items() if any(sums)}
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, [(*key, *sums) for key, sums in changed.items()])
        cursor.executemany(_SWEEP, [key for key, sums in changed.items() if sums[0] < 0])


def rebuild(say: Callable[[str], None] = lambda _line: None, batch: int = 2000) -> int:
    """Make every mark and every count anew; returns how many marks there are.

    Marks are renewed slice by slice, so that writers wait for one slice at most; the counts follow in one transaction.
    A change taken up meanwhile is not lost: the counts are made from the marks as they are then.
    """
    for model in marks.sources():
        last = 0
        for first, last, built in marks.build_all(model, batch):
            _renew(model, first, last, built)
            say(f"{model}: {last}")
        Mark.objects.filter(model=model, object_id__gt=last).delete()
    recount()
    return Mark.objects.count()


@transaction.atomic
def _renew(model: str, first: int, last: int, built: list[Mark]) -> None:
    rows = Mark.objects.filter(model=model, object_id__range=(first, last))
    existing = dict(rows.values_list("object_id", "pk"))
    gone = existing.keys() - {mark.object_id for mark in built}
    Mark.objects.filter(pk__in=[existing[object_id] for object_id in gone]).delete()
    Mark.objects.bulk_create(
        built,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["model", "object_id"],
        update_fields=marks.FIELDS,
    )


@transaction.atomic
def recount() -> None:
    """Make every count anew from the marks, in the database."""
    Cluster.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_FROM_MARKS)
        cursor.execute(_TOTALS, [layers.TOTALS[layers.HERITAGE], layers.TOTALS[layers.TOURISM]])
        for zoom in range(TOP_ZOOM, 0, -1):
            cursor.execute(_FROM_BELOW, [zoom])


def differences() -> list[str]:
    """Where the kept counts differ from those of a full recount; empty when all is well. Changes nothing."""
    kept = _snapshot(Cluster.objects.all())
    deltas: Deltas = defaultdict(lambda: [0, 0, 0, 0])
    for mark in Mark.objects.iterator(chunk_size=5000):
        _count(deltas, mark, 1)
    right = {key: tuple(sums) for key, sums in deltas.items()}
    return sorted(
        f"{key}: {kept.get(key)} should be {right.get(key)}"
        for key in kept.keys() | right.keys()
        if kept.get(key) != right.get(key)
    )


def _snapshot(rows: Iterable[Cluster]) -> dict[Key, tuple[int, ...]]:
    return {
        (row.zoom, row.cell_y, row.cell_x, row.symbol): (row.count, row.sum_latitude, row.sum_longitude, row.sum_id)
        for row in rows
    }
