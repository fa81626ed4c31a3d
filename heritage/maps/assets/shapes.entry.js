// Drawing in the admin: click by click a point, a line or an area; the GeoJSON text beside the map stays the truth.
import L from "leaflet";
import { archipelagos } from "./map/archipelagos.js";
import { element } from "./map/dom.js";

const WHOLE = [[6.5, 101.5], [23.6, 118.5]]; // the mainland and both archipelagos with their names
const INK = { red: "#a3201d", indigo: "#27405e", jade: "#2f6b5b", gold: "#8a6516", ink: "#1f1b16" };

function connect(box) {
  const text = box.querySelector("textarea");
  const list = box.querySelector("[data-shapes-list]");
  const finish = box.querySelector("[data-finish]");
  const map = L.map(box.querySelector("[data-shapes-map]"), { minZoom: 4, maxZoom: 18, zoomControl: false }).fitBounds(WHOLE);
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  map.attributionControl.setPrefix(false).addAttribution(box.dataset.attribution);
  map.createPane("ground").style.zIndex = 150; // below whatever is drawn, in whatever order it comes
  const drawn = L.layerGroup().addTo(map);
  const sketch = L.layerGroup().addTo(map);
  const words = Object.fromEntries([...box.querySelectorAll("[data-draw]")].map((button) => [button.dataset.draw, button.textContent]));
  let features = parsed();
  let kind = "";
  let corners = [];
  ground();
  archipelagos(map, { labels: JSON.parse(box.querySelector("script[type='application/json']").textContent) });

  for (const button of box.querySelectorAll("[data-draw]")) {
    button.addEventListener("click", () => {
      kind = button.dataset.draw;
      corners = [];
      finish.hidden = kind === "Point";
      map.getContainer().style.cursor = "crosshair";
    });
  }
  finish.addEventListener("click", end);
  box.querySelector("[data-start-view]").addEventListener("click", () => {
    const { lat, lng } = map.getCenter();
    const view = { latitude: lat.toFixed(5), longitude: lng.toFixed(5), zoom: map.getZoom() };
    for (const [name, value] of Object.entries(view)) document.getElementById(`id_${name}`).value = value;
  });
  text.addEventListener("change", () => {
    features = parsed();
    show();
  });
  map.on("click", ({ latlng }) => {
    if (!kind) return;
    corners.push([Number(latlng.lng.toFixed(6)), Number(latlng.lat.toFixed(6))]);
    if (kind === "Point") return end();
    sketch.clearLayers();
    L.polyline(corners.map(([x, y]) => [y, x]), { color: INK.red, dashArray: "4 4" }).addTo(sketch);
  });
  let isSeen = false; // the tab it stands in is hidden at first, and has no size to fit anything to
  new ResizeObserver(([{ contentRect }]) => {
    map.invalidateSize();
    if (isSeen || !contentRect.width) return;
    isSeen = true;
    const own = L.featureGroup(drawn.getLayers()).getBounds();
    map.fitBounds(own.isValid() ? own.pad(0.5) : WHOLE, { animate: false, maxZoom: 14 });
  }).observe(map.getContainer());
  show(false);

  async function ground() {
    for (const [address, fillColor] of [[box.dataset.land, "#efe8da"], [box.dataset.provinces, "#fbf7ef"]]) {
      const answer = await fetch(address);
      if (answer.ok) L.geoJSON(await answer.json(), { pane: "ground", interactive: false, style: { weight: 1, color: "#b9ad98", fillColor, fillOpacity: 1 } }).addTo(map);
    }
  }

  function parsed() {
    try {
      return JSON.parse(text.value || "{}")?.features ?? [];
    } catch {
      return [];
    }
  }

  function end() {
    const least = { Point: 1, LineString: 2, Polygon: 3 }[kind];
    if (kind && corners.length >= least) {
      const coordinates = { Point: corners[0], LineString: corners, Polygon: [[...corners, corners[0]]] }[kind];
      features.push({ type: "Feature", properties: { name_vi: "", name_en: "", colour: "red" }, geometry: { type: kind, coordinates } });
    }
    kind = "";
    finish.hidden = true;
    sketch.clearLayers();
    map.getContainer().style.cursor = "";
    show();
  }

  function show(isChange = true) {
    drawn.clearLayers();
    for (const one of features) {
      const colour = INK[one.properties?.colour] ?? INK.red;
      try {
        L.geoJSON(one, { style: { color: colour }, pointToLayer: (point, at) => L.circleMarker(at, { radius: 6, color: colour }) }).addTo(drawn);
      } catch {
        // the server names what is wrong with the shape when the form is saved
      }
    }
    list.replaceChildren(...features.map(row));
    if (isChange) write();
  }

  function write() {
    text.value = features.length ? JSON.stringify({ type: "FeatureCollection", features }) : "{}";
  }

  function row(one, index) {
    const own = (one.properties ??= {});
    const name = (key, label) =>
      element("input", { type: "text", maxlength: 120, placeholder: label, "aria-label": `${index + 1}: ${label}`, value: own[key] ?? "", on: { input: ({ target }) => ((own[key] = target.value), write()) } });
    const colour = element("select", { "aria-label": `${index + 1}: ${list.dataset.colour}`, on: { change: ({ target }) => ((own.colour = target.value), show()) } });
    colour.append(...Object.entries(JSON.parse(list.dataset.colours)).map(([code, label]) => element("option", { value: code, selected: own.colour === code }, label)));
    const remove = element("button", { type: "button", class: "button button-small no", on: { click: () => (features.splice(index, 1), show()) } }, list.dataset.remove);
    return element("li", {}, `${index + 1}. ${words[one.geometry?.type?.replace("Multi", "")] ?? "?"}`, name("name_vi", list.dataset.nameVi), name("name_en", list.dataset.nameEn), colour, remove);
  }
}

for (const box of document.querySelectorAll("[data-shapes]")) connect(box);
