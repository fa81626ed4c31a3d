"""Historical maps over the basemap: georeferenced scans, each with its opacity."""

from typing import Any

from folium.template import Template

from heritage.maps.folium_elements.part import Part


class HistoricalMaps(Part):
    """Scans laid on the ground, chosen by the visitor from those of the view, or exactly those named.

    Args:
        address: answers `?bbox=west,south,east,north` and `?ids=identifier,...` with `{"maps": [...]}`, each with its
            image service, its affine transformation into the Mercator plane and its `box`.
        only: image identifiers, separated by commas; these are shown at once. "" = those of the view, by choice.
        opacity: of what is shown at once, in percent.

    In a notebook, where nothing is warped, the outlines of the sheets are drawn.
    """

    kind = "historical"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map, part) {
          var query = part.only ? "?ids=" + encodeURIComponent(part.only) : "?bbox=-180,-85,180,85";
          fetch(part.address + query).then(function (answer) { return answer.json(); }).then(function (data) {
            data.maps.forEach(function (sheet) {
              var title = document.createElement("span");
              title.textContent = sheet.title;
              L.rectangle([[sheet.box[0], sheet.box[1]], [sheet.box[2], sheet.box[3]]], { fill: false })
                .bindPopup(title).addTo(map);
            });
          });
        })({{ this._parent.get_name() }}, {{ this.spec()|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, address: str, only: str = "", opacity: int = 70) -> None:
        super().__init__()
        self.address, self.only, self.opacity = address, only, opacity

    def spec(self) -> dict[str, Any]:
        return {"address": self.address, "only": self.only, "opacity": self.opacity}
