"""A part of a map that can be drawn in two ways."""

from typing import Any

from branca.element import MacroElement

from heritage.maps.folium_elements.finished import render_once


class Part(MacroElement):
    """One part of a map: a basemap, labels, marks.

    In an `ArchiveMap` it only says what to draw, as data (`spec`), and the site's bundle draws it: the page carries no
    inline script. In any other `folium.Map`, as in a notebook, its `_template` has a `script` macro like every element.
    """

    kind = ""

    def __init__(self) -> None:
        super().__init__()
        self._name = type(self).__name__

    def spec(self) -> dict[str, Any]:
        """What the bundle needs to draw this part; JSON values only."""
        raise NotImplementedError

    def render(self, **kwargs: Any) -> None:
        if not getattr(self.get_root(), "is_strict", False):
            render_once(self, **kwargs)
