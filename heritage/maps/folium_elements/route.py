"""The stops of a trip, numbered, joined day by day."""

from typing import Any

from folium.template import Template

from heritage.maps.folium_elements.part import Part


class RouteLayer(Part):
    """Numbered stops and the straight lines that join them.

    Args:
        days: for each day its stops as `{"at": [latitude, longitude], "name", "url", "order"}`.
    """

    kind = "route"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map) {
          {{ this.spec()|tojson }}.days.forEach(function (stops) {
            L.polyline(stops.map(function (stop) { return stop.at; }), { dashArray: "6 6" }).addTo(map);
            stops.forEach(function (stop) {
              var name = document.createElement("span");
              name.textContent = stop.order + ". " + stop.name;
              L.marker(stop.at).bindPopup(name).addTo(map);
            });
          });
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, days: list[list[dict[str, Any]]]) -> None:
        super().__init__()
        self.days = days

    def spec(self) -> dict[str, Any]:
        return {"days": self.days}
