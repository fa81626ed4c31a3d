// The control for what lies under the marks: basemaps, and historical maps with their opacity.
import L from "leaflet";
import { bases } from "./bases.js";
import { element, filled, icon, safeAddress } from "./dom.js";
import { HeatLayer } from "./heat.js";
import { HistoricalLayer } from "./historical.js";
import { notice } from "./notice.js";

const OPACITY = 0.7;

export function historical(map, part) {
  map.historicalPart = part;
}

export function heat(map, part) {
  map.heatPart = part;
}

export function panel(map, spec) {
  const { texts } = spec;
  const sheets = map.historicalPart;
  const named = map.bases ?? [];
  const chosen = new URLSearchParams(location.search);
  const under = bases(map, texts, (part) => mark(part));
  const state = (map.under = { base: "", old: new Map(), asked: new Map(), apply });
  if (named.length) choose(named.find((one) => one.id === chosen.get("base")) ?? (chosen.get("base") === "own" ? null : named[0]), false);
  if (spec.small || (!named.length && !sheets && !map.heatPart)) return;

  const list = element("div", { class: "map-panel__sheets" });
  const box = element("div", { class: "map-panel__box", id: `${map.getContainer().id}-panel`, hidden: true });
  const button = element(
    "button",
    { type: "button", class: "map-panel__button", title: texts.under, "aria-label": texts.under, "aria-expanded": "false", "aria-controls": box.id, on: { click: () => open(box.hidden) } },
    icon("M12 3 L21 8 L12 13 L3 8 Z M3 12.5 L12 17.5 L21 12.5 M3 17 L12 22 L21 17"),
  );
  if (named.length) box.append(fieldset(texts.basemap, ...[...named, null].map(baseChoice)));
  if (map.heatPart) box.append(fieldset(texts.figures, heatChoice()));
  if (sheets) box.append(fieldset(texts.oldMaps, list));
  place();
  if (sheets) {
    map.on("moveend", look);
    look();
  }
  apply(chosen);

  function place() {
    const Panel = L.Control.extend({
      options: { position: "topright" },
      onAdd() {
        const control = element("div", { class: "leaflet-bar map-tools map-panel" }, button, box);
        L.DomEvent.disableClickPropagation(control).disableScrollPropagation(control);
        control.addEventListener("keydown", (event) => {
          if (event.key !== "Escape" || box.hidden) return;
          event.stopPropagation();
          open(false);
          button.focus();
        });
        return control;
      },
    });
    new Panel().addTo(map);
  }

  function open(isOpen) {
    box.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) look();
  }

  function fieldset(legend, ...children) {
    return element("fieldset", {}, element("legend", {}, legend), ...children);
  }

  function baseChoice(part) {
    const value = part?.id ?? "own";
    const radio = element("input", { type: "radio", name: `${map.getContainer().id}-base`, value, on: { change: () => choose(part, true) } });
    radio.checked = value === (state.base || "own");
    return element("label", {}, radio, element("span", {}, part ? part.name : texts.ownBase));
  }

  function heatChoice() {
    const layer = new HeatLayer(map.heatPart, () => map.markQuery?.() ?? "").on("away", () => notice(map, texts.heatAway, texts));
    const check = element("input", { type: "checkbox", name: "heat" });
    const show = (isOn) => {
      check.checked = isOn;
      state.heat = isOn;
      if (isOn) layer.addTo(map);
      else layer.remove();
    };
    check.addEventListener("change", () => {
      show(check.checked);
      map.fire("note");
    });
    state.showHeat = show;
    if (chosen.get("heat") === "1" || map.heatPart.on) show(true);
    return element("label", {}, check, element("span", {}, texts.heat));
  }

  function choose(part, isStep) {
    state.base = part?.id ?? "own";
    under.show(part);
    if (isStep) map.fire("note");
  }

  // Shows by the radio buttons what is there now, as after a basemap that did not come.
  function mark(part) {
    state.base = part?.id ?? "own";
    for (const radio of map.getContainer().querySelectorAll(".map-panel input[type=radio]")) radio.checked = radio.value === state.base;
  }

  async function look() {
    if (!sheets || (box.hidden && !sheets.only)) return;
    const bounds = map.getBounds();
    const bbox = [bounds.getWest(), Math.max(bounds.getSouth(), -85), bounds.getEast(), Math.min(bounds.getNorth(), 85)].map((edge) => edge.toFixed(4));
    const query = sheets.only ? `ids=${encodeURIComponent(sheets.only)}` : `bbox=${bbox.join(",")}`;
    try {
      const { maps } = await (await fetch(`${sheets.address}?${query}`)).json();
      const others = [...state.old.values()].map((one) => one.sheet).filter((one) => !maps.some(({ id }) => id === one.id));
      fill([...others, ...maps]);
    } catch {
      if (!list.children.length) list.replaceChildren(element("p", { class: "small muted" }, texts.oldAway));
    }
  }

  function fill(maps) {
    const known = new Set([...list.querySelectorAll("[data-sheet]")].map((row) => row.dataset.sheet));
    if (maps.length === known.size && maps.every(({ id }) => known.has(id))) return;
    list.replaceChildren(...(maps.length ? maps.map(row) : [element("p", { class: "small muted" }, texts.noOld)]));
    if (!sheets.only || state.shown) return;
    state.shown = true; // a thematic map shows its own at once
    if (!chosen.has("old")) for (const sheet of maps) put(sheet, (sheets.opacity ?? 70) / 100, false);
    list.replaceChildren(...maps.map(row));
  }

  function row(sheet) {
    const on = state.old.get(sheet.id);
    const slider = element("input", { type: "range", min: "0", max: "100", step: "5", value: String(Math.round((on?.opacity ?? OPACITY) * 100)), "aria-label": filled(texts.opacityOf, sheet.title), disabled: !on });
    const told = element("output", { class: "small" }, `${slider.value} %`);
    slider.addEventListener("input", () => {
      told.textContent = `${slider.value} %`;
      state.old.get(sheet.id)?.setOpacity(slider.value / 100);
    });
    slider.addEventListener("change", () => map.fire("note"));
    const check = element("input", { type: "checkbox", value: sheet.id });
    check.checked = Boolean(on);
    check.addEventListener("change", () => {
      if (check.checked) put(sheet, slider.value / 100, true);
      else take(sheet.id);
      slider.disabled = !check.checked;
      map.fire("note");
    });
    const address = safeAddress(sheet.page ?? "");
    return element(
      "div",
      { class: "map-panel__sheet", "data-sheet": sheet.id },
      element("label", {}, check, element("span", {}, sheet.title)),
      element("p", { class: "small muted" }, [sheet.credit, sheet.fit].filter(Boolean).join(" ")),
      element("div", { class: "map-panel__opacity" }, slider, told),
      address && element("a", { class: "small", href: address }, texts.oldPage),
    );
  }

  function put(sheet, opacity, isGone) {
    take(sheet.id);
    const layer = new HistoricalLayer(sheet, opacity).on("away", () => notice(map, filled(texts.oldMapAway, sheet.title), texts));
    state.old.set(sheet.id, layer.addTo(map));
    const [south, west, north, east] = sheet.box;
    const box = L.latLngBounds([south, west], [north, east]);
    if (isGone && !map.getBounds().intersects(box)) map.fitBounds(box);
  }

  function take(id) {
    state.old.get(id)?.remove();
    state.old.delete(id);
  }

  // What an address names: `base=` and `old=identifier:opacity,...`.
  async function apply(query) {
    const old = new Map((query.get("old") ?? "").split(",").filter(Boolean).map((one) => one.split(":")));
    for (const id of [...state.old.keys()]) if (!old.has(id) && query.has("old")) take(id);
    const missing = [...old.keys()].filter((id) => !state.old.has(id));
    if (query !== chosen) state.showHeat?.(query.get("heat") === "1");
    for (const [id, percent] of old) state.old.get(id)?.setOpacity((Number(percent) || 70) / 100);
    if (!sheets || !missing.length) return;
    for (const id of missing) state.asked.set(id, old.get(id));
    try {
      const { maps } = await (await fetch(`${sheets.address}?ids=${encodeURIComponent(missing.join(","))}`)).json();
      for (const sheet of maps) put(sheet, Math.min(Math.max(Number(old.get(sheet.id)) || 70, 0), 100) / 100, false);
      list.replaceChildren(...[...state.old.values()].map((one) => row(one.sheet)));
    } catch {
      notice(map, texts.oldAway, texts);
    }
    state.asked.clear();
  }
}
