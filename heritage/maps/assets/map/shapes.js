// What staff drew: named points, lines and areas, in colours of the style sheet.
import L from "leaflet";
import { element } from "./dom.js";

export function shapes(map, part) {
  map.createPane("shapes").style.zIndex = 390; // below the marks
  const style = ({ properties: { colour }, geometry: { type } }) => ({ className: `shape shape--${colour}${type.endsWith("LineString") ? " shape--line" : ""}`, pane: "shapes" });
  L.geoJSON(part.features, {
    style,
    pane: "shapes",
    pointToLayer: (feature, at) => L.circleMarker(at, { radius: 7, ...style(feature) }),
    onEachFeature: ({ properties: { name } }, layer) => name && layer.bindPopup(element("p", {}, name)),
  }).addTo(map);
}
