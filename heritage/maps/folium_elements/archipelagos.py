"""The two archipelagos' names, which every map published in Viet Nam carries, whatever its tiles or layers."""

from typing import Any

from folium.template import Template

from heritage.maps.folium_elements.part import Part
from heritage.places.archipelagos import LABELS


class ArchipelagoLabels(Part):
    """Both names as objects of the map, in a pane above everything that could cover them."""

    kind = "archipelagos"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map) {
          map.createPane("archipelagos").style.zIndex = 750;
          {{ this.spec()|tojson }}.labels.forEach(function (label) {
            var name = document.createElement("span");
            name.textContent = label.text;
            name.style.whiteSpace = "nowrap";
            L.marker(label.at, {
              icon: L.divIcon({ html: name, className: "archipelago", iconSize: null }),
              pane: "archipelagos", interactive: false, keyboard: false
            }).addTo(map);
          });
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def spec(self) -> dict[str, Any]:
        return {"labels": LABELS}
