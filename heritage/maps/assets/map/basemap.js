// The offline basemap: land, provinces, names. Whatever is chosen above it, it stays where that does not come.
import L from "leaflet";

const NAMES_FROM = 7;
const SEA_FROM = 5; // farther out its name would lie across those of the archipelagos
const FIRST = 400; // milliseconds in which marks may come first

export function basemap(map, part, spec) {
  const pane = map.createPane("basemap");
  pane.style.zIndex = 150; // below the tiles, so that it shows wherever tiles do not come
  const renderer = L.canvas({ pane: "basemap", padding: 0.1 });
  const layers = [];
  const paint = () => layers.forEach(([layer, style]) => layer.setStyle(style()));
  map.attributionControl.addAttribution(escaped(part.attribution));

  Promise.all([load(part.land), load(part.provinces), marksFirst(map, spec)])
    .then(([land, provinces]) => {
      const common = { pane: "basemap", renderer, interactive: false, smoothFactor: 1.2 };
      const ground = () => ({ stroke: true, weight: 1, color: colour("--map-coast"), fillColor: colour("--map-land"), fillOpacity: 1 });
      const inside = () => ({ weight: 1, color: colour("--map-line"), fillColor: colour("--map-home"), fillOpacity: 1 });
      layers.push([L.geoJSON(land, { ...common, style: ground }).addTo(map), ground]);
      layers.push([L.geoJSON(provinces, { ...common, style: inside }).addTo(map), inside]);
      map.provinces = provinces.features;
      names(map, part, provinces.features);
      map.fire("basemap");
    })
    .catch(() => map.fire("basemap")); // marks and labels stand without it
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  matchMedia("print").addEventListener("change", () => {
    paint();
    renderer._redraw?.(); // at once: paper, which is light, does not wait for a frame
  });
}

// What a visitor came for is drawn before the coast: this takes a phone longer than all marks.
function marksFirst(map, spec) {
  if (!spec.parts.some(({ kind }) => kind === "marks")) return null;
  return new Promise((go) => {
    map.once("marked", go);
    setTimeout(go, FIRST);
  });
}

function names(map, part, features) {
  const pane = map.createPane("names");
  pane.style.zIndex = 350;
  pane.style.pointerEvents = "none";
  const provinces = L.layerGroup(features.map((one) => label(one.properties.at, one.properties.name, "province-name")));
  const sea = label([13.2, 111.4], part.sea, "sea-name");
  const choose = () => {
    provinces[map.getZoom() >= NAMES_FROM ? "addTo" : "remove"](map);
    sea[map.getZoom() >= SEA_FROM ? "addTo" : "remove"](map);
  };
  map.on("zoomend", choose);
  choose();
}

function label(at, text, className) {
  const name = document.createElement("span");
  name.textContent = text;
  return L.marker(at, { icon: L.divIcon({ html: name, className, iconSize: null }), pane: "names", interactive: false, keyboard: false });
}

export async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

export function colour(name) {
  const probe = document.createElement("span");
  probe.className = `probe probe${name}`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

// Leaflet sets attributions as markup.
export function escaped(text) {
  const box = document.createElement("span");
  box.textContent = text;
  return box.innerHTML;
}
