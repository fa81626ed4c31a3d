"""What lies under the marks wherever nothing else comes: our own outlines, without any other network."""

from typing import Any

from folium.template import Template

from heritage.maps.folium_elements.part import Part
from heritage.places.geometry.provinces import outlines


class OfflineBasemap(Part):
    """Land without borders and the outlines of the provinces, from static files of the site itself.

    Args:
        land: address of the land as GeoJSON.
        provinces: address of the provinces' outlines as GeoJSON, each with `name` and a point for it, `at`.
        attribution: where they come from; always shown.
        sea: the sea's name in the page's language.
    """

    kind = "basemap"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        L.geoJSON({{ this.outlines()|tojson }}, {
          interactive: false, style: { weight: 1, color: "#877b6a", fillColor: "#fffdf9", fillOpacity: 1 },
          attribution: {{ this.attribution|e|tojson }}
        }).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, land: str, provinces: str, attribution: str, sea: str) -> None:
        super().__init__()
        self.land, self.provinces, self.attribution, self.sea = land, provinces, attribution, sea

    def outlines(self) -> dict[str, Any]:
        return outlines()

    def spec(self) -> dict[str, Any]:
        return {"land": self.land, "provinces": self.provinces, "attribution": self.attribution, "sea": self.sea}
