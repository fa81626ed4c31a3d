// The map's permanent link: where it looks, which layers it shows and what is open stand in the page's address.
export function readAddress() {
  const query = new URLSearchParams(location.search);
  const [latitude, longitude, zoom] = (query.get("at") ?? "").split(",").map(Number);
  return {
    view: query.get("at") && [latitude, longitude, zoom].every(Number.isFinite) ? { latitude, longitude, zoom } : null,
    open: query.get("open") ?? "",
  };
}

function placeOf(map) {
  const { lat, lng } = map.getCenter();
  return [lat.toFixed(5), lng.toFixed(5), map.getZoom()].join(",");
}

// A map on which nothing is chosen keeps where it looks, once it was moved; its paper and its code follow.
export function writeView(map) {
  const at = placeOf(map);
  map.beganAt ??= at;
  if (at === map.beganAt && !location.search.includes("at=")) return;
  const looking = (address) => {
    const url = new URL(address);
    url.searchParams.set("at", at);
    return url.href.replaceAll("%2C", ",");
  };
  history.replaceState(history.state, "", looking(location.href));
  for (const one of document.querySelectorAll("[data-follows-view]")) {
    const name = one instanceof HTMLImageElement ? "src" : "href";
    one[name] = looking(one[name]);
  }
}

export function writeAddress(map, choice, open, isStep) {
  const query = new URLSearchParams();
  query.set("at", placeOf(map));
  if (choice.layers) query.set("layers", choice.layers);
  if (choice.now) query.set("now", "1");
  if (choice.ranks) query.set("ranks", choice.ranks);
  if (open) query.set("open", open);
  if (map.under?.base && map.under.base !== map.bases?.[0]?.id && map.bases) query.set("base", map.under.base);
  if (map.under?.heat) query.set("heat", "1");
  const old = [...(map.under?.old ?? [])].map(([id, layer]) => `${id}:${Math.round(layer.opacity * 100)}`);
  for (const [id, percent] of map.under?.asked ?? []) old.push(`${id}:${percent ?? 70}`); // on its way
  if (old.length) query.set("old", old.join(","));
  const address = `?${query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
  for (const link of document.querySelectorAll("[data-follows-view]")) link.search = address;
  if (address === location.search) return;
  if (isStep) history.pushState(null, "", address);
  else history.replaceState(history.state, "", address);
}
