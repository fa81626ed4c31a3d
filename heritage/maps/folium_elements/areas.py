"""Figures by area, shaded light to dark: a choropleth whose counts come from an address and follow a slider."""

from typing import Any

from folium.template import Template

from heritage.maps.folium_elements.part import Part


class AreaFigures(Part):
    """Areas shaded by count with the number in each; units without an outline are circles.

    Args:
        address: answers `{"breaks": [...], "largest": n, "areas": [{key, name, at, outline|geometry, changes}]}`, where
            `changes` are `[year, difference]` pairs in the order of years.
        outlines: address of a GeoJSON file whose features' `code` an area's `outline` names.
        year: the year that is shown first.
        slider: id of the range input that chooses the year, "" where there is none.
        language: by which numbers are written.
        away: what is said where the figures do not come.
    """

    kind = "areas"
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map, part) {
          var shades = ["#f6e3b4", "#e9b872", "#cf7f4f", "#9f4a3d", "#5f1f38"];
          Promise.all([part.address, part.outlines].map(function (one) {
            return fetch(one).then(function (r) { return r.json(); });
          })).then(function (got) {
            var figures = got[0], known = {};
            got[1].features.forEach(function (one) { known[one.properties.code] = one.geometry; });
            figures.areas.forEach(function (area) {
              var count = area.changes.reduce(function (sum, c) { return c[0] <= part.year ? sum + c[1] : sum; }, 0);
              var place = figures.breaks.filter(function (least) { return least <= count; }).length;
              var words = document.createElement("span");
              words.textContent = area.name + ": " + count;
              if (!count) return;
              var style = { color: "#5f1f38", weight: 1, fillColor: shades[place - 1], fillOpacity: 0.8 };
              var shape = area.geometry || known[area.outline];
              (shape ? L.geoJSON(shape, { style: style })
                : L.circleMarker(area.at, Object.assign({ radius: 5 + 3 * place }, style)))
                .bindTooltip(words, { permanent: true, direction: "center" }).addTo(map);
            });
          });
        })({{ this._parent.get_name() }}, {{ this.spec()|tojson }});
        {% endmacro %}
        """
    )

    def __init__(
        self, address: str, outlines: str, year: int, slider: str = "", language: str = "vi", away: str = ""
    ) -> None:
        super().__init__()
        self.address, self.outlines, self.year = address, outlines, year
        self.slider, self.language, self.away = slider, language, away

    def spec(self) -> dict[str, Any]:
        names = ("address", "outlines", "year", "slider", "language", "away")
        return {name: getattr(self, name) for name in names}
