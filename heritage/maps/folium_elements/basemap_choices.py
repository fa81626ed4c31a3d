"""Basemaps of others, each to be chosen on the map: XYZ and WMTS tiles, PMTiles, and a vector style.

Every one lies over our own outlines, which stay underneath for when it does not come.
"""

from typing import Any

from folium.template import Template

from heritage.maps.folium_elements.part import Part


class Basemap(Part):
    """A basemap of others.

    Args:
        url: where it is; only what the page's content security policy names is reached.
        attribution: the words its licence asks for, as text.
        name: what the visitor reads in the list of basemaps.
        options: what the kind needs besides.
    """

    def __init__(self, url: str, attribution: str = "", name: str = "", **options: Any) -> None:
        super().__init__()
        self.url, self.attribution, self.title, self.options = url, attribution, name, options

    def spec(self) -> dict[str, Any]:
        return {"url": self.url, "attribution": self.attribution, "name": self.title, **self.options}


class TileBasemap(Basemap):
    """An XYZ layer: `url` holds `{z}`, `{x}` and `{y}`, and `{s}` where its host has several names."""

    kind = "tiles"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        L.tileLayer({{ this.url|tojson }}, { attribution: {{ this.attribution|e|tojson }} })
          .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )


class WmtsBasemap(Basemap):
    """A layer of a Web Map Tile Service 1.0.0 (OGC 07-057r7) in the tile matrix set of Web Mercator.

    `url` is a template with `{TileMatrix}`, `{TileRow}` and `{TileCol}`, or the address of the capabilities; then
    `layer` names the layer. `matrix_set` and `style` fill the template. A notebook takes templates only.
    """

    kind = "wmts"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        L.tileLayer({{ this.template()|tojson }}, { attribution: {{ this.attribution|e|tojson }} })
          .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def template(self) -> str:
        """The template as Leaflet reads it."""
        names = {
            "{TileMatrix}": "{z}",
            "{TileRow}": "{y}",
            "{TileCol}": "{x}",
            "{TileMatrixSet}": str(self.options.get("matrix_set", "")),
            "{Style}": str(self.options.get("style", "default")),
        }
        text = self.url
        for name, value in names.items():
            text = text.replace(name, value)
        return text


class _EngineBasemap(Basemap):
    """Drawn by a module of its own, `options["engine"]`, which is fetched when the basemap is chosen."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map, part) {
          window.L = L;
          import(part.engine).then(function (engine) { return engine.make(part); })
            .then(function (layer) { layer.addTo(map); });
        })({{ this._parent.get_name() }}, {{ this.spec()|tojson }});
        {% endmacro %}
        """
    )


class PmtilesBasemap(_EngineBasemap):
    """One PMTiles file (specification 3), vector tiles of the Protomaps schema or pictures; range requests only."""

    kind = "pmtiles"


class StyleBasemap(_EngineBasemap):
    """A vector style (MapLibre Style Specification 8), drawn with WebGL; `options["worker"]` is its worker's file."""

    kind = "style"
