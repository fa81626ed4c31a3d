// A Leaflet map with the drawing tools of leaflet-geoman: polygons and their holes, nothing else.
import L from "leaflet";

window.L = L; // the drawing library reaches for it
await import("@geoman-io/leaflet-geoman-free");

const VIET_NAM = [
  [8, 102],
  [23.5, 117.6],
];
const STYLE = { color: "#a3201d", weight: 2, fillOpacity: 0.2 };
const CROSS = { radius: 9, color: "#14110f", weight: 3, fillColor: "#ffd84d", fillOpacity: 0.9, pmIgnore: true, interactive: false };

export function zoneMap(element, config, point, changed) {
  const map = L.map(element, { attributionControl: true, zoomControl: false, minZoom: 4, maxZoom: 20 }).fitBounds(VIET_NAM);
  L.control.zoom({ zoomInTitle: config.words.zoomIn, zoomOutTitle: config.words.zoomOut }).addTo(map);
  map.attributionControl.setPrefix(false);
  background(map, config);
  const areas = L.featureGroup().addTo(map);
  const marks = L.layerGroup().addTo(map);
  if (point) own(map, point, config.words.point);
  tools(map, areas, changed);
  new ResizeObserver(() => map.invalidateSize()).observe(element);
  return {
    geometry: () => geometryOf(areas),
    show: (geometry) => show(map, areas, geometry, point, changed),
    mark: (problems) => mark(map, marks, problems),
    remove: () => map.remove(),
  };
}

function tools(map, areas, changed) {
  map.pm.setLang(document.documentElement.lang?.startsWith("vi") ? "vi" : "en");
  map.pm.setGlobalOptions({ layerGroup: areas, pathOptions: STYLE, allowSelfIntersection: true });
  map.pm.addControls({
    position: "topleft",
    drawMarker: false,
    drawCircleMarker: false,
    drawPolyline: false,
    drawRectangle: false,
    drawCircle: false,
    drawText: false,
    rotateMode: false,
  });
  const watch = (layer) => layer.on("pm:edit pm:dragend pm:markerdragend", changed);
  map.on("pm:create", ({ layer }) => {
    watch(layer);
    changed();
  });
  map.on("pm:cut", ({ layer, originalLayer }) => {
    areas.removeLayer(originalLayer);
    areas.addLayer(layer);
    watch(layer);
    changed();
  });
  map.on("pm:remove", ({ layer }) => {
    areas.removeLayer(layer);
    changed();
  });
}

function show(map, areas, geometry, point, changed) {
  areas.clearLayers();
  try {
    // One layer for each polygon, so that each can be changed by itself.
    for (const polygon of polygonsOf(geometry)) {
      const layer = L.geoJSON({ type: "Polygon", coordinates: polygon }, { style: STYLE }).getLayers()[0];
      areas.addLayer(layer);
      layer.on("pm:edit pm:dragend pm:markerdragend", changed);
    }
  } catch {
    areas.clearLayers(); // the server says what is wrong with it
  }
  if (areas.getLayers().length) map.fitBounds(areas.getBounds(), { padding: [24, 24], maxZoom: 18 });
  else if (point) map.setView([Number(point.latitude), Number(point.longitude)], 16);
}

function polygonsOf(geometry) {
  if (geometry?.type === "Polygon") return [geometry.coordinates];
  return geometry?.type === "MultiPolygon" ? geometry.coordinates : [];
}

function geometryOf(areas) {
  const polygons = areas.getLayers().flatMap((layer) => polygonsOf(layer.toGeoJSON(8).geometry));
  if (!polygons.length) return null;
  return polygons.length === 1 ? { type: "Polygon", coordinates: polygons[0] } : { type: "MultiPolygon", coordinates: polygons };
}

function mark(map, marks, problems) {
  marks.clearLayers();
  for (const problem of problems) {
    if (!problem.at) continue;
    const name = Object.assign(document.createElement("span"), { textContent: problem.message });
    L.circleMarker([problem.at[1], problem.at[0]], { ...CROSS, interactive: true }).bindTooltip(name).addTo(marks);
  }
}

function own(map, point, label) {
  const name = Object.assign(document.createElement("span"), { textContent: label });
  const at = [Number(point.latitude), Number(point.longitude)];
  L.circleMarker(at, { radius: 6, color: "#27405e", fillOpacity: 0.9, pmIgnore: true }).bindTooltip(name).addTo(map);
  const accuracy = Number(point.accuracy);
  if (accuracy > 0) L.circle(at, { radius: accuracy, color: "#27405e", weight: 1, fill: false, dashArray: "4", pmIgnore: true }).addTo(map);
}

// Land and provinces without a network, tiles where the archive names them, the archipelagos always.
function background(map, config) {
  const pane = map.createPane("basemap");
  pane.style.zIndex = 150;
  const options = { pane: "basemap", renderer: L.canvas({ pane: "basemap" }), interactive: false, pmIgnore: true };
  const ground = { stroke: true, weight: 1, color: "#9db4c0", fillColor: "#f6f1e6", fillOpacity: 1 };
  const inside = { weight: 1, color: "#c9bda5", fillColor: "#fbf7ef", fillOpacity: 1 };
  map.attributionControl.addAttribution(escaped(config.words.attribution));
  Promise.all([config.land, config.provinces].map((address) => fetch(address).then((answer) => answer.json())))
    .then(([land, provinces]) => {
      L.geoJSON(land, { ...options, style: ground }).addTo(map);
      L.geoJSON(provinces, { ...options, style: inside }).addTo(map);
    })
    .catch(() => {}); // one can draw without it
  if (config.tiles.url) L.tileLayer(config.tiles.url, { attribution: escaped(config.tiles.attribution), maxZoom: 20 }).addTo(map);
  for (const [latitude, longitude, text] of config.archipelagos) {
    const html = Object.assign(document.createElement("span"), { textContent: text });
    const icon = L.divIcon({ html, className: "zone-field__archipelago", iconSize: null });
    L.marker([latitude, longitude], { icon, interactive: false, keyboard: false, pmIgnore: true }).addTo(map);
  }
}

function escaped(text) {
  return Object.assign(document.createElement("span"), { textContent: text }).innerHTML;
}
