// The stops of a trip: numbered marks in their order, joined by straight lines day by day.
import L from "leaflet";
import { element, safeAddress } from "./dom.js";

export function route(map, part) {
  part.days.forEach((stops, index) => {
    if (stops.length > 1) L.polyline(stops.map((stop) => stop.at), { className: `route route--${index % 4}`, interactive: false }).addTo(map);
    for (const stop of stops) {
      const ring = element("span", { class: "cluster-mark route-mark", "aria-hidden": "true" }, String(stop.order));
      const marker = L.marker(stop.at, { icon: L.divIcon({ html: ring, className: "mark", iconSize: [32, 32] }) });
      marker.on("add", () => marker.getElement()?.setAttribute("aria-label", `${stop.order}. ${stop.name}`));
      marker.bindPopup(element("p", {}, element("a", { href: safeAddress(stop.url) }, `${stop.order}. ${stop.name}`))).addTo(map);
    }
  });
}
