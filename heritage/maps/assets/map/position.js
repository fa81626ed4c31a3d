// "Near me" and "all of Viet Nam". The visitor's position is used on the device and sent nowhere.
import L from "leaflet";
import { distance, element, icon } from "./dom.js";

const RINGS = [500, 1000, 2000, 5000]; // metres

export function position(map, texts, whole) {
  const Tools = L.Control.extend({
    options: { position: "topleft" },
    onAdd() {
      const all = element("button", { type: "button", title: texts.allOf, "aria-label": texts.allOf, on: { click: () => map.fitBounds(whole) } }, icon("M4 9V4h5 M15 4h5v5 M20 15v5h-5 M9 20H4v-5"));
      const me = element("button", { type: "button", title: texts.nearMe, "aria-label": texts.nearMe, on: { click: () => locate(map, texts) } }, icon("M12 2v4 M12 18v4 M2 12h4 M18 12h4 M12 7a5 5 0 1 0 0.01 0"));
      const box = element("div", { class: "leaflet-bar map-tools" }, all, "geolocation" in navigator && me);
      L.DomEvent.disableClickPropagation(box);
      return box;
    },
  });
  new Tools().addTo(map);
}

// Circles of equal distance, each named at its northern end.
function rings(at) {
  return RINGS.flatMap((metres) => {
    const name = document.createElement("span");
    name.textContent = distance(metres, document.documentElement.lang);
    const north = L.latLng(at.lat + metres / 111195, at.lng);
    return [
      L.circle(at, { radius: metres, className: "ring", interactive: false }),
      L.marker(north, { icon: L.divIcon({ html: name, className: "ring-name", iconSize: null }), interactive: false, keyboard: false }),
    ];
  });
}

function locate(map, texts) {
  const language = document.documentElement.lang;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const at = L.latLng(coords.latitude, coords.longitude);
      map.me?.remove();
      map.me = L.layerGroup([L.circleMarker(at, { radius: 8, className: "me", interactive: false }), ...rings(at)]).addTo(map);
      map.setView(at, Math.max(map.getZoom(), 13));
      const told = texts.rings.replace("%s", RINGS.map((metres) => distance(metres, language)).join(", "));
      map.fire("position", { latlng: at, text: `${texts.me} ${told}` });
    },
    () => map.fire("position", { text: texts.noPosition }),
    { enableHighAccuracy: false, timeout: 10000, maximumAge: 60000 },
  );
}
