"""What staff drew on a map: points, lines and areas with names and one of a few colours."""

from typing import Any

from folium.template import Template

from heritage.maps.folium_elements.part import Part


class DrawnShapes(Part):
    """Shapes above the basemap and below the marks.

    Args:
        features: GeoJSON features whose properties are `name` and `colour` (see `geofiles.COLOURS`).
    """

    kind = "shapes"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        L.geoJSON({{ this.spec()|tojson }}.features, {
          onEachFeature: function (feature, layer) {
            var name = document.createElement("span");
            name.textContent = feature.properties.name;
            layer.bindPopup(name);
          }
        }).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, features: list[dict[str, Any]]) -> None:
        super().__init__()
        self.features = features

    def spec(self) -> dict[str, Any]:
        return {"features": self.features}
