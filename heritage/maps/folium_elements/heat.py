"""A heat map that comes by viewport: its weights are counts of the cluster pyramid."""

from typing import Any

from folium.template import Template

from heritage.maps.folium_elements.part import Part


class HeatLayer(Part):
    """Density of marks below them, light to dark, so that it is read without telling colours apart.

    Args:
        address: answers `?bbox=west,south,east,north&zoom=&layers=&ranks=` with `{"cells": [[lon, lat, count], ...]}`.
        is_on: whether it is shown before anybody chooses it.
    """

    kind = "heat"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map, address) {
          var drawn = L.layerGroup().addTo(map);
          function draw() {
            var b = map.getBounds(), box = [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].join(",");
            fetch(address + "?bbox=" + box + "&zoom=" + map.getZoom()).then(function (r) { return r.json(); })
              .then(function (data) {
                drawn.clearLayers();
                var most = data.cells.reduce(function (top, cell) { return Math.max(top, cell[2]); }, 1);
                data.cells.forEach(function (cell) {
                  var shade = 0.15 + 0.6 * Math.sqrt(cell[2] / most);
                  L.circleMarker([cell[1], cell[0]], { radius: 16, stroke: false, fillOpacity: shade }).addTo(drawn);
                });
              });
          }
          map.on("moveend", draw);
          draw();
        })({{ this._parent.get_name() }}, {{ this.address|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, address: str, is_on: bool = False) -> None:
        super().__init__()
        self.address, self.is_on = address, is_on

    def spec(self) -> dict[str, Any]:
        return {"address": self.address, "on": self.is_on}
