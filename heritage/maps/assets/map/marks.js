// Marks by viewport: asked for when the map comes to rest, drawn over the old ones, told to the list beside the map.
import L from "leaflet";
import { readAddress, writeAddress, writeView } from "./address.js";
import { counts } from "./counts.js";
import { filled } from "./dom.js";
import { finder } from "./finder.js";
import { keptMarks } from "./kept.js";
import { list } from "./list.js";
import { complete, kindLine, membersPopup, names, popup } from "./popup.js";
import { showCount } from "./saved.js";
import { FlatMarker } from "./flat.js";
import { moving } from "./moving.js";
import { clusterIcon, markIcon, shortCount } from "./sign.js";
import { frame, slices } from "./slices.js";

const OPEN_IN_PLACE = 60; // what the server lists of a cluster
const keyOf = ({ cluster, count, number }) => (cluster ? `${cluster}:${count}` : number);
const PAUSE = 120; // milliseconds of rest before asking

export function marks(map, part, spec) {
  const { texts } = spec;
  const layer = L.layerGroup().addTo(map);
  const lay = slices();
  const form = part.filters && document.getElementById(part.filters);
  const target = part.list && document.getElementById(part.list);
  const state = { open: part.chosen ?? "", request: null, timer: 0, from: part.point ? L.latLng(part.point) : null, drawn: new Map() };
  const actions = { open: (feature) => openMark(feature, true), openCluster };
  const beside = target && list(target, document.getElementById("map-status"), part, texts, map, actions);

  if (part.point && part.accuracy >= 500) L.circle(part.point, { radius: part.accuracy, className: "doubt", interactive: false }).addTo(map);
  moving(map, state.drawn);
  map.on("moveend", () => rest());
  map.on("basemap", () => state.features && tell(state.features)); // which names the provinces of clusters
  map.on("position", ({ latlng, text }) => {
    state.from = latlng ?? state.from;
    beside?.say(text);
    if (latlng) rest();
  });
  map.on("note", () => note(true)); // a basemap or a historical map was chosen
  map.on("popupclose", () => {
    if (state.keep) return;
    state.open = "";
    note(false);
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !map.getContainer().querySelector(".leaflet-popup")) return;
    const number = state.open;
    map.closePopup();
    (state.drawn.get(number)?.getElement() ?? map.getContainer()).focus({ preventScroll: true });
  });
  if (form) {
    form.addEventListener("change", () => { note(true); rest(0); map.fire("chosen"); });
    window.addEventListener("popstate", back);
    counts(map, part, form, viewQuery);
    finder(part, texts, { say: (text) => beside?.say(text), go });
    showCount();
  }
  map.markQuery = () => { const { layers, ranks } = choice(); return `${viewQuery()}${layers ? `&layers=${layers}` : ""}${ranks ? `&ranks=${ranks}` : ""}`; };
  start();

  function start() {
    if (!state.open) return ask();
    // An address that names a thing but no view: the thing's own place is asked for first.
    return fetch(`${part.points}?number=${encodeURIComponent(state.open)}`)
      .then((answer) => (answer.ok ? answer.json() : { features: [] }))
      .then(({ features: [feature] }) => {
        if (!feature) return rest(0);
        const [longitude, latitude] = feature.geometry.coordinates;
        if (!readAddress().view) map.setView([latitude, longitude], 14, { animate: false });
        return openMark(feature, false);
      })
      .catch(() => rest(0));
  }

  function choice() {
    if (!form) return { layers: part.onlyLayers ?? "", ranks: part.onlyRanks ?? "" };
    const all = [...form.elements.layers];
    const on = all.filter((box) => box.checked).map((box) => box.value);
    return {
      now: form.elements.now?.checked,
      layers: on.length === all.length ? "" : on.join(",") || "none",
      ranks: [...form.elements.ranks].filter((box) => box.checked).map((box) => box.value).join(","),
    };
  }

  function note(isStep) {
    if (form) writeAddress(map, choice(), state.open, isStep);
    else if (target) writeView(map);
  }

  function back() {
    const { view, open } = readAddress();
    const query = new URLSearchParams(location.search);
    const wanted = query.get("layers")?.split(",");
    for (const box of form.elements.layers) box.checked = !wanted || wanted.includes(box.value);
    const ranks = query.get("ranks")?.split(",") ?? [];
    for (const box of form.elements.ranks) box.checked = ranks.includes(box.value);
    if (form.elements.now) form.elements.now.checked = query.get("now") === "1";
    state.keep = true;
    map.closePopup();
    state.keep = false;
    state.open = open;
    map.under?.apply(query);
    if (view) map.setView([view.latitude, view.longitude], view.zoom, { animate: false });
    rest(0);
  }

  function rest(pause = PAUSE) {
    clearTimeout(state.timer);
    state.timer = setTimeout(ask, pause);
  }

  async function ask() {
    state.request?.abort();
    state.request = new AbortController();
    queueMicrotask(() => note(false)); // at the beginning the other parts of the map still read the address
    const { layers, ranks, now } = choice();
    if (layers === "none") return draw([]);
    const query = new URLSearchParams(viewQuery());
    if (layers) query.set("layers", layers);
    if (ranks) query.set("ranks", ranks);
    if (now) query.set("open", "1");
    const address = `${part.points}?${query.toString().replaceAll("%2C", ",")}`;
    const { signal } = state.request;
    try {
      const answer = await fetch(address, { signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const { features, tooMany } = await answer.json();
      draw(features, tooMany ? texts.tooMany : "");
    } catch (error) {
      if (error.name === "AbortError") return;
      const features = await keptMarks(address, map.getBounds(), map.getZoom()).catch(() => []);
      if (signal.aborted) return;
      if (features.length) draw(features, texts.kept);
      else beside?.say(texts.failed);
    }
  }

  function viewQuery() {
    const box = map.getBounds();
    const bbox = [box.getWest(), Math.max(box.getSouth(), -85), box.getEast(), Math.min(box.getNorth(), 85)];
    return `bbox=${bbox.map((n) => n.toFixed(5)).join(",")}&zoom=${map.getZoom()}`;
  }

  function go(feature) {
    const [longitude, latitude] = feature.geometry.coordinates;
    map.setView([latitude, longitude], Math.max(map.getZoom(), 15), { animate: false });
    openMark(feature, true);
  }

  // What is drawn stands in `state.drawn` job by job, so that an answer that comes meanwhile goes on from what there is.
  function draw(features, said = "") {
    state.features = features;
    const wanted = new Map(features.map((feature) => [keyOf(feature.properties), feature]));
    const gone = [...state.drawn.keys()].filter((key) => !wanted.has(key));
    const north = ([, { geometry }]) => geometry.coordinates[1];
    const fresh = [...wanted].filter(([key]) => !state.drawn.has(key)).sort((a, b) => north(b) - north(a)); // the southern above
    const jobs = [
      ...gone.map((key) => () => {
        layer.removeLayer(state.drawn.get(key));
        state.drawn.delete(key);
      }),
      ...fresh.map(([key, feature]) => () => state.drawn.set(key, (feature.properties.cluster ? clusterMark(feature) : ownMark(feature)).addTo(layer))),
    ];
    lay(jobs, async () => { // what follows does not hold up the marks: the coast when it is new, then the list
      await frame();
      map.fire("marked");
      await frame();
      if (state.features !== features) return;
      if (state.told !== features) tell(features);
      if (said) beside?.say(said);
      map.getContainer().dataset.marks = String(features.length);
    });
  }

  function tell(features) {
    state.told = features;
    beside?.show(features, state.from);
  }

  function ownMark(feature) {
    const own = feature.properties;
    const [longitude, latitude] = feature.geometry.coordinates;
    const isOwn = own.number === part.own;
    const marker = new FlatMarker([latitude, longitude], { icon: markIcon(part.layers[own.layer], own.layer, own.band, isOwn), zIndexOffset: isOwn ? 1000 : 0 });
    told(marker, `${names(own, part.language).first}, ${kindLine(own, part, texts)}`);
    return marker.on("click", () => openMark(feature, true)).on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && openMark(feature, true));
  }

  function clusterMark(feature) {
    const { count, heritage } = feature.properties;
    const [longitude, latitude] = feature.geometry.coordinates;
    const marker = new FlatMarker([latitude, longitude], { icon: clusterIcon(count, heritage) });
    told(marker, filled(texts.cluster, shortCount(count)));
    return marker.on("click", () => openCluster(feature)).on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && openCluster(feature));
  }

  function told(marker, label) {
    marker.on("add", () => marker.getElement()?.setAttribute("aria-label", label));
  }

  function show(at, content, number, isStep) {
    state.keep = true;
    const options = { maxWidth: 260, minWidth: 200, autoPanPadding: [24, 24], closeButton: true };
    L.popup(options).setLatLng(at).setContent(content).openOn(map);
    state.keep = false;
    state.open = number;
    note(isStep);
    const button = map.getContainer().querySelector(".leaflet-popup-close-button");
    button?.setAttribute("aria-label", texts.close);
    if (isStep) content.querySelector("a, button")?.focus({ preventScroll: true });
  }

  function openMark(feature, isStep) {
    const [longitude, latitude] = feature.geometry.coordinates;
    const content = popup(feature, part, texts, part.own === feature.properties.number ? null : state.from);
    show([latitude, longitude], content, feature.properties.number, isStep);
    complete(content, feature.properties, part, texts);
    rest();
  }

  async function openCluster(feature) {
    const { cluster, count } = feature.properties;
    const [longitude, latitude] = feature.geometry.coordinates;
    const closer = () => map.setView([latitude, longitude], Math.min(map.getZoom() + 2, map.getMaxZoom()));
    if (count > OPEN_IN_PLACE && map.getZoom() < map.getMaxZoom()) return closer();
    const { layers, ranks } = choice();
    try {
      const answer = await (await fetch(`${part.members}?${new URLSearchParams({ cell: cluster, layers, ranks })}`)).json();
      const box = L.latLngBounds(answer.features.map(({ geometry: { coordinates } }) => [coordinates[1], coordinates[0]]));
      const apart = box.getSouthWest().distanceTo(box.getNorthEast()) > 30;
      if (apart && map.getZoom() < map.getMaxZoom()) return map.fitBounds(box, { maxZoom: Math.max(map.getZoom() + 1, 16), padding: [60, 60] });
      return show([latitude, longitude], membersPopup(answer, part, texts, (one) => openMark(one, true)), "", false);
    } catch {
      return closer();
    }
  }
}
