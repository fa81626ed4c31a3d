"""The heat map: how many marks lie in each small cell of a view, out of the cluster pyramid, by one query."""

from dataclasses import replace

from django.db import connection

from heritage.maps import viewport

FINER = 2
"""Cells of a quarter of a cluster's side, about 21 pixels."""


def weights(view: viewport.Viewport) -> list[tuple[float, float, int]]:
    """Longitude, latitude and count of every cell that has marks; at most about 16 cells for one of a cluster."""
    zoom = min(view.cell_zoom + FINER, viewport.MAX_ZOOM)
    fine = replace(view, zoom=zoom)
    sql, params = viewport.cells_of(fine, zoom)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT c.lon, c.lat, c.n FROM ({sql}) c", params)  # noqa: S608  # own names only
        return [(round(float(lon), 5), round(float(lat), 5), int(count)) for lon, lat, count in cursor.fetchall()]
