// Figures by area: outlines shaded light to dark, circles where no outline is known, the number in each. A slider
// chooses the year; map, table and address follow it without asking the server again.
import L from "leaflet";
import { load } from "./basemap.js";
import { element } from "./dom.js";
import { notice } from "./notice.js";

export function areas(map, part, spec) {
  map.createPane("areas").style.zIndex = 340;
  const numbers = map.createPane("area-numbers");
  numbers.style.zIndex = 610;
  numbers.style.pointerEvents = "none";
  Promise.all([load(part.address), load(part.outlines)])
    .then(([figures, outlines]) => {
      const known = new Map(outlines.features.map((one) => [one.properties.code, one.geometry]));
      const drawn = figures.areas.map((area) => draw(map, area, area.geometry ?? known.get(area.outline), part));
      const show = (year) => {
        for (const one of drawn) one.paint(countOf(one.area, year), figures);
        tell(figures, year);
      };
      follow(part, show);
      show(part.year);
      map.getContainer().dataset.areas = String(drawn.length);
    })
    .catch(() => notice(map, part.away, spec.texts));
}

export const countOf = (area, year) => area.changes.reduce((sum, [of, step]) => (of <= year ? sum + step : sum), 0);

function draw(map, area, geometry, part) {
  const common = { pane: "areas", className: "area" };
  let layer = null;
  if (geometry) layer = L.geoJSON(geometry, { ...common, smoothFactor: 1.2 });
  else if (area.at) layer = L.circleMarker(area.at, common);
  const number = element("span", {});
  layer?.addTo(map).bindPopup(() => element("p", {}, `${area.name}: ${number.textContent}`));
  if (area.at) L.marker(area.at, { pane: "area-numbers", interactive: false, keyboard: false, icon: L.divIcon({ html: number, className: "area-number", iconSize: null }) }).addTo(map);

  function paint(count, { breaks, largest }) {
    const place = breaks.filter((least) => least <= count).length;
    number.textContent = count ? count.toLocaleString(part.language) : "";
    const paths = layer instanceof L.GeoJSON ? layer.getLayers() : layer ? [layer] : [];
    for (const path of paths) path.getElement()?.setAttribute("class", `area area--${place} leaflet-interactive`);
    if (layer instanceof L.CircleMarker) layer.setRadius(count ? 6 + 14 * Math.sqrt(count / largest) : 0);
  }
  return { area, paint };
}

function follow(part, show) {
  const slider = part.slider ? document.getElementById(part.slider) : null; // "" where nothing has years
  slider?.addEventListener("input", () => {
    show(Number(slider.value));
    const query = new URLSearchParams(location.search);
    query.set("year", slider.value);
    history.replaceState(history.state, "", `?${query}`);
  });
}

// The table beside the map, which stands there without this script too.
function tell(figures, year) {
  const rows = new Map([...document.querySelectorAll("[data-area]")].map((row) => [row.dataset.area, row]));
  let total = 0;
  for (const area of figures.areas) {
    const count = countOf(area, year);
    total += count;
    const row = rows.get(area.key);
    if (!row) continue;
    row.hidden = !count;
    row.querySelector("[data-count]").textContent = count.toLocaleString(document.documentElement.lang);
  }
  for (const place of document.querySelectorAll("[data-year]")) place.textContent = String(year);
  for (const place of document.querySelectorAll("[data-total]")) place.textContent = total.toLocaleString(document.documentElement.lang);
  for (const link of document.querySelectorAll("[data-follows-year]")) {
    const address = new URL(link.href);
    address.searchParams.set("year", String(year));
    link.href = address.href;
  }
}
