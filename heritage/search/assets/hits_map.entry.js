// The hits of a page of results as marks on the map that maps/map.js has drawn, and a rectangle or a point to search by.
const holder = document.querySelector(".search-map");
const said = holder?.querySelector("[role=status]");
let L; // the map's own copy of Leaflet

function begin() {
  const drawn = holder.querySelector("[data-map]");
  const map = drawn?.leafletMap;
  if (!map) return setTimeout(begin, 50); // the map's own script has not drawn it yet
  L = drawn.leaflet;
  show(map);
  const draw = holder.querySelector("[data-do=draw]");
  draw.addEventListener("click", () => drawing(map, draw));
  holder.querySelector("[data-do=near]").addEventListener("click", () => around(map.getCenter()));
  holder.querySelector("[data-do=view]").addEventListener("click", () => go(map.getBounds()));
  return undefined;
}

async function show(map) {
  try {
    const answer = await fetch(holder.dataset.hits);
    if (!answer.ok) throw new Error(String(answer.status));
    const features = (await answer.json()).features.filter(({ properties }) => properties.kind !== "archipelago"); // this map has their names
    if (!features.length) return (said.textContent = holder.dataset.empty);
    const points = features.map((feature) => mark(map, feature));
    map.fitBounds(points, { padding: [30, 30], maxZoom: 13, animate: false });
    said.textContent = holder.dataset.some.replace("{count}", String(features.length));
  } catch {
    said.textContent = holder.dataset.failed;
  }
  return undefined;
}

function mark(map, { geometry, properties }) {
  const [longitude, latitude] = geometry.coordinates;
  const link = document.createElement("a");
  link.href = properties.url;
  link.textContent = properties.title;
  const box = document.createElement("div");
  box.append(link, document.createElement("br"), properties.place ?? "");
  const own = L.circleMarker([latitude, longitude], { radius: 8, weight: 2, className: "hit-mark" }).addTo(map);
  own.bindPopup(box).bindTooltip(document.createTextNode(properties.title).textContent.replace(/[<&]/g, " "));
  return [latitude, longitude];
}

function drawing(map, button) {
  const before = button.textContent;
  button.setAttribute("aria-pressed", "true");
  said.textContent = button.dataset.drawing;
  map.dragging.disable();
  const surface = map.getContainer();
  surface.classList.add("search-map--drawing");
  let start = null;
  let shape = null;
  const at = (event) => map.mouseEventToLatLng(event);
  const down = (event) => {
    start = at(event);
    shape = L.rectangle(L.latLngBounds(start, start), { className: "hit-box", interactive: false }).addTo(map);
    surface.setPointerCapture(event.pointerId);
  };
  const move = (event) => shape?.setBounds(L.latLngBounds(start, at(event)));
  const up = (event) => {
    for (const [name, action] of Object.entries(actions)) surface.removeEventListener(name, action);
    surface.classList.remove("search-map--drawing");
    map.dragging.enable();
    button.setAttribute("aria-pressed", "false");
    button.textContent = before;
    const bounds = L.latLngBounds(start ?? at(event), at(event));
    if (shape && bounds.getNorth() > bounds.getSouth() && bounds.getEast() > bounds.getWest()) go(bounds);
    else shape?.remove();
  };
  const actions = { pointerdown: down, pointermove: move, pointerup: up };
  for (const [name, action] of Object.entries(actions)) surface.addEventListener(name, action);
}

function go(bounds) {
  const sides = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  search("box", sides.map((side) => side.toFixed(4)));
}

function around(point) {
  search("near", [point.lat.toFixed(5), point.lng.toFixed(5), holder.dataset.metres]);
}

function search(name, values) {
  const address = new URL(holder.dataset.box, location.href);
  address.searchParams.set(name, values.join(","));
  address.searchParams.set("view", "map");
  location.assign(address);
}

if (holder) begin();
