"""Marks that come by viewport: the page carries none, whatever their number."""

from typing import Any

from folium.template import Template

from heritage.maps.folium_elements.part import Part


class ViewportMarks(Part):
    """Marks and clusters fetched as GeoJSON for what is in view.

    Args:
        points: address that answers `?bbox=west,south,east,north&zoom=&layers=&ranks=`.
        members: address that answers `?cell=zoom/x/y` with the marks of a cluster.
        options: what the site's bundle wants besides (names of layers, addresses of pages, the chosen number).
    """

    kind = "marks"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map, address) {
          var drawn = L.layerGroup().addTo(map);
          function text(feature) {
            var own = feature.properties, box = document.createElement("span");
            box.textContent = own.cluster ? String(own.count) : (own.name.vi || own.name.en);
            return box;
          }
          function draw() {
            var b = map.getBounds(), box = [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].join(",");
            fetch(address + "?bbox=" + box + "&zoom=" + map.getZoom()).then(function (r) { return r.json(); })
              .then(function (data) {
                drawn.clearLayers();
                L.geoJSON(data, {
                  pointToLayer: function (feature, at) {
                    return L.circleMarker(at, { radius: feature.properties.cluster ? 12 : 7 });
                  },
                  onEachFeature: function (feature, layer) { layer.bindPopup(text(feature)); }
                }).addTo(drawn);
              });
          }
          map.on("moveend", draw);
          draw();
        })({{ this._parent.get_name() }}, {{ this.points|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, points: str, members: str, options: dict[str, Any] | None = None) -> None:
        super().__init__()
        self.points, self.members, self.options = points, members, options or {}

    def spec(self) -> dict[str, Any]:
        return {"points": self.points, "members": self.members, **self.options}
