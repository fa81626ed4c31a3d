// "Near me" and "all of Viet Nam". The visitor's position is used on the device and sent nowhere.
import L from "leaflet";
import { element } from "./dom.js";

export function position(map, texts, whole) {
  const Tools = L.Control.extend({
    options: { position: "topleft" },
    onAdd() {
      const all = element("button", { type: "button", title: texts.allOf, "aria-label": `VN: ${texts.allOf}`, on: { click: () => map.fitBounds(whole) } }, "VN");
      const me = element("button", { type: "button", title: texts.nearMe, "aria-label": `◎ ${texts.nearMe}`, on: { click: () => locate(map, texts) } }, "◎");
      const box = element("div", { class: "leaflet-bar map-tools" }, all, "geolocation" in navigator && me);
      L.DomEvent.disableClickPropagation(box);
      return box;
    },
  });
  new Tools().addTo(map);
}

function locate(map, texts) {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const at = L.latLng(coords.latitude, coords.longitude);
      map.me?.remove();
      map.me = L.circleMarker(at, { radius: 8, className: "me", interactive: false }).addTo(map);
      map.setView(at, Math.max(map.getZoom(), 13));
      map.fire("position", { latlng: at, text: texts.me });
    },
    () => map.fire("position", { text: texts.noPosition }),
    { enableHighAccuracy: false, timeout: 10000, maximumAge: 60000 },
  );
}
