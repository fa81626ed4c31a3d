"""The map at a size, from 1,000 to 1,000,000 marks; plain Folium with MarkerCluster and supercluster beside it.

`--only PART,...` runs some parts. With `VAR_DIR` set, the filled database and Folium's page stay there for the next
part; without it each run fills its own. Plain Folium holds every point in the page: it is built at 100,000 at most.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from django.core.management import call_command

from benchmarks import _maps_answers, _maps_folium, _maps_import, _maps_screen, _maps_tiles
from benchmarks._maps_data import SIZE, filled
from benchmarks.support import fresh_database

PARTS: dict[str, Callable[[int], dict[str, Any]]] = {
    "engine": _maps_answers.engine,
    "http": _maps_answers.http,
    "nearby": _maps_answers.nearby,
    "edges": _maps_answers.edges,
    "edit": _maps_answers.edit,
    "import": _maps_import.osm,
    "tiles": _maps_tiles.tiles,
    "weights": _maps_screen.weights,
    "folium": _maps_folium.build,
    "first_view": _maps_screen.first_view,
    "panning": _maps_screen.panning,
}


def run(size: int, only: list[str] | None = None) -> dict[str, Any]:
    """Figures at `size` marks (0 = 100,000), of the parts named (none = all)."""
    size = size or SIZE
    fresh_database()
    call_command("collectstatic", interactive=False, verbosity=0)
    figures: dict[str, Any] = {"filled": filled(size)}
    for name in only or PARTS:
        figures[name] = PARTS[name](size)
        print(json.dumps({name: figures[name]}), file=sys.stderr, flush=True)  # what is measured is not lost
    return figures
