// The list beside the map: the same marks and clusters as lines, for those who cannot see a map or would rather read.
import { distance, element, filled } from "./dom.js";
import { kindLine, names, pageOf } from "./popup.js";
import { sign } from "./sign.js";
import { slices } from "./slices.js";

const AT_ONCE = 40; // lines, more than a screen shows

export function list(target, status, part, texts, map, actions) {
  const lay = slices();
  let order; // made when it is needed: it takes as long as the map itself
  return {
    say: (text) => (status.textContent = text),
    show(features, from) {
      const row = (feature) => (feature.properties.cluster ? clusterRow(feature) : markRow(feature, from));
      const lines = ordered(features, from);
      target.replaceChildren(...lines.slice(0, AT_ONCE).map(row));
      lay(lines.slice(AT_ONCE).map((feature) => () => target.append(row(feature))));
      const total = features.reduce((sum, one) => sum + (one.properties.count ?? 1), 0);
      status.textContent = total ? filled(texts.inView, total.toLocaleString(part.language)) : texts.none;
    },
  };

  function ordered(features, from) {
    const weight = (one) => one.properties.count ?? 0; // the largest cluster first, single marks after them
    const far = (one) => (from ? from.distanceTo([one.geometry.coordinates[1], one.geometry.coordinates[0]]) : 0);
    order ??= new Intl.Collator(part.language);
    const name = (one) => (one.properties.cluster ? "" : names(one.properties, part.language).first);
    return features
      .map((feature) => ({ feature, far: far(feature), weight: weight(feature), name: name(feature) }))
      .sort((a, b) => a.far - b.far || b.weight - a.weight || order.compare(a.name, b.name))
      .map(({ feature }) => feature);
  }

  function markRow(feature, from) {
    const own = feature.properties;
    const [longitude, latitude] = feature.geometry.coordinates;
    const away = from && distance(from.distanceTo([latitude, longitude]), part.language);
    return element(
      "li",
      { class: "map-row" },
      sign(part.layers[own.layer], own.layer, own.band),
      element(
        "div",
        {},
        element("button", { type: "button", class: "map-row__name", "data-number": own.number, on: { click: () => actions.open(feature) } }, names(own, part.language).first),
        element("span", { class: "map-row__kind" }, [kindLine(own, part, texts), away].filter(Boolean).join(" · ")),
      ),
      element("a", { class: "map-row__page", href: pageOf(own, part), "aria-label": `${texts.page}: ${names(own, part.language).first}` }, element("span", { "aria-hidden": "true" }, "→")),
    );
  }

  function clusterRow(feature) {
    const { count, heritage } = feature.properties;
    const where = provinceAt(map.provinces, feature.geometry.coordinates);
    const shown = count.toLocaleString(part.language);
    return element(
      "li",
      { class: "map-row map-row--cluster" },
      element("span", { class: `cluster-mark${heritage ? (heritage === count ? " cluster-mark--heritage" : " cluster-mark--mixed") : ""}`, "aria-hidden": "true" }, count > 999 ? "…" : String(count)),
      element("button", { type: "button", class: "map-row__name", on: { click: () => actions.openCluster(feature) } }, where ? filled(texts.clusterAt, shown, where) : filled(texts.cluster, shown)),
    );
  }
}

function provinceAt(provinces, [x, y]) {
  const found = (provinces ?? []).find(({ geometry }) => {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return parts.some((rings) => rings.reduce((inside, ring) => inside !== holds(ring, x, y), false));
  });
  return found?.properties.name;
}

function holds(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
