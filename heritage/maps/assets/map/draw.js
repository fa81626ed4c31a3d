// One map: the Leaflet map itself, its controls, and its parts in the order in which they were added.
import L from "leaflet";
import { archipelagos } from "./archipelagos.js";
import { areas } from "./areas.js";
import { base } from "./bases.js";
import { basemap } from "./basemap.js";
import { marks } from "./marks.js";
import { heat, historical, panel } from "./panel.js";
import { paper } from "./paper.js";
import { position } from "./position.js";
import { route } from "./route.js";
import { shapes } from "./shapes.js";

const PARTS = { basemap, tiles: base, wmts: base, pmtiles: base, style: base, historical, heat, areas, archipelagos, marks, route, shapes };
const LIMITS = L.latLngBounds([-3, 89], [33, 127]);

export function drawMap(element, spec) {
  const [south, west, north, east] = spec.extent;
  const map = L.map(element, {
    attributionControl: false,
    zoomControl: false,
    minZoom: 4,
    maxZoom: 18,
    maxBounds: LIMITS,
    maxBoundsViscosity: 0.8,
    scrollWheelZoom: !spec.small,
    dragging: !(spec.small && L.Browser.mobile),
    zoomSnap: 1,
    fadeAnimation: false,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    markerZoomAnimation: false,
  });
  L.control.attribution({ prefix: false, position: "bottomright" }).addTo(map);
  L.control.zoom({ zoomInTitle: spec.texts.zoomIn, zoomOutTitle: spec.texts.zoomOut }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  const whole = L.latLngBounds([south, west], [north, east]);
  if (spec.start) map.setView(spec.start.center, spec.start.zoom, { animate: false });
  else map.fitBounds(whole, { animate: false });
  if (!spec.small) position(map, spec.texts, whole);
  for (const part of spec.parts) PARTS[part.kind]?.(map, part, spec);
  panel(map, spec);
  paper(map, spec, whole);
  element.dataset.ready = "";
  element.leafletMap = map; // for tests and for a page's own script
  element.leaflet = L; // objects of another copy of the library are not known to this one
  return map;
}
