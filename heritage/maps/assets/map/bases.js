// Basemaps of others over our own outlines. One that does not come is put away with a word; marks and names stay.
import L from "leaflet";
import { escaped } from "./basemap.js";
import { filled } from "./dom.js";
import { notice } from "./notice.js";
import { wmtsLayer } from "./wmts.js";

const MOST_FAILED = 5; // tiles in a row
const PATIENCE = 15000; // milliseconds until a basemap that shows nothing is told of

export function base(map, part) {
  (map.bases ??= []).push(part);
}

const options = (part) => ({ maxZoom: 18, minNativeZoom: part.min_zoom, maxNativeZoom: part.max_zoom ?? 18, crossOrigin: true });

const MAKERS = {
  tiles: (part) => L.tileLayer(part.url, options(part)),
  wmts: (part) => wmtsLayer(part, options(part)),
  pmtiles: engine,
  style: engine,
};

async function engine(part) {
  globalThis.L = L; // an engine draws with the Leaflet of this page
  return (await import(part.engine)).make(part);
}

// Shows basemaps one at a time: `show(part)`, null for our own outlines alone.
export function bases(map, texts, changed) {
  const state = { layer: null, part: null, turn: 0 };

  function clear() {
    clearTimeout(state.timer);
    state.layer?.remove();
    if (state.part) map.attributionControl.removeAttribution(escaped(state.part.attribution));
    map.getContainer().classList.remove("map--foreign");
    state.layer = state.part = null;
  }

  function away(part) {
    if (state.wanted !== part) return;
    clear();
    state.wanted = null;
    notice(map, filled(texts.baseAway, part.name), texts);
    changed?.(null);
  }

  async function show(part) {
    const turn = ++state.turn;
    clear();
    notice(map, "", texts);
    state.wanted = part;
    map.getContainer().dataset.base = part?.id ?? "";
    if (!part) return;
    try {
      const layer = await MAKERS[part.kind](part);
      if (turn !== state.turn) return;
      watch(layer, part);
      state.layer = layer.addTo(map);
      state.part = part;
      if (part.attribution) map.attributionControl.addAttribution(escaped(part.attribution));
      map.getContainer().classList.add("map--foreign");
    } catch (error) {
      console.warn("basemap", part.id, String(error));
      if (turn === state.turn) away(part);
    }
  }

  function watch(layer, part) {
    let failed = 0;
    const came = () => {
      failed = 0;
      clearTimeout(state.timer);
    };
    layer.on("tileload load", came);
    layer.on("tileerror", () => ++failed >= MOST_FAILED && away(part));
    state.timer = setTimeout(() => away(part), PATIENCE);
  }

  return { show };
}
