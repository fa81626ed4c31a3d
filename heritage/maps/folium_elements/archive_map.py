"""Folium's map as a fragment of a page with a strict content security policy."""

from typing import Any

import folium
from branca.element import Figure
from folium.template import Template

from heritage.maps.folium_elements.finished import render_once
from heritage.maps.folium_elements.part import Part


class StrictFigure(Figure):
    """A figure that prints its HTML only: no head, no inline script, no external file.

    Raises (when rendered):
        ValueError: a part wants an inline script, which the page's policy would block.
    """

    is_strict = True
    _template = Template("{{ this.html.render(**kwargs) }}")

    def render(self, **kwargs: Any) -> str:
        html: str = super().render(**kwargs)
        if self.script._children:
            names = ", ".join(self.script._children)
            raise ValueError(f"These parts of the map need an inline script: {names}. Make them a Part with a spec.")
        return html


class ArchiveMap(folium.Map):
    """A `folium.Map` whose parts are data: `{kind, ...}` objects in one JSON block beside an empty element.

    Args:
        label: what the map shows, for those who cannot see it.
        extent: south, west, north, east in degrees; the map starts with all of it in view where `location` is None.
        small: without list and layers, as in a record's page.
        texts: words of the interface by key.
    """

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []
    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="map{% if this.small %} map--small{% endif %}" id="{{ this.get_name()|e }}" data-map="{{ this.get_name()|e }}-spec" role="region" aria-label="{{ this.label|e }}"></div>
        <script type="application/json" id="{{ this.get_name()|e }}-spec">{{ this.document()|tojson }}</script>
        {% endmacro %}
        """  # noqa: E501
    )

    def __init__(
        self,
        label: str,
        extent: tuple[float, float, float, float],
        location: tuple[float, float] | None = None,
        zoom_start: int = 6,
        small: bool = False,
        texts: dict[str, str] | None = None,
    ) -> None:
        super().__init__(location=location or (0, 0), zoom_start=zoom_start, tiles=None)
        self.label, self.extent, self.small, self.texts = label, extent, small, texts or {}
        self.start = {"center": list(location), "zoom": zoom_start} if location else None
        self._name = "Map"
        StrictFigure().add_child(self)

    def document(self) -> dict[str, Any]:
        """All that the bundle needs to draw this map."""
        parts = [child for child in self._children.values() if isinstance(child, Part)]
        return {
            "start": self.start,
            "extent": list(self.extent),
            "small": self.small,
            "texts": self.texts,
            "parts": [{"kind": part.kind, **part.spec()} for part in parts],
        }

    def render(self, **kwargs: Any) -> None:
        render_once(self, **kwargs)

    def fragment(self) -> str:
        """The map as HTML to stand in a page that loads the bundle."""
        return self.get_root().render().strip()
