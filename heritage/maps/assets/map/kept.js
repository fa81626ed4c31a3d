// What the service worker kept of earlier views, for when no answer comes: the marks of this view under the same choices.
import { MARKS } from "../../../home/assets/keeping.js";

export async function keptMarks(address, bounds, zoom) {
  const wanted = choices(address);
  const found = new Map();
  for (const [url, { features }] of await answers()) {
    if (choices(url) !== wanted) continue;
    const isSameZoom = url.searchParams.get("zoom") === String(zoom);
    for (const feature of features) {
      const [longitude, latitude] = feature.geometry.coordinates;
      const { cluster, number } = feature.properties;
      if ((number || isSameZoom) && bounds.contains([latitude, longitude])) found.set(number ?? cluster, feature);
    }
  }
  return [...found.values()];
}

async function answers() {
  if (!("caches" in window) || !(await caches.has(MARKS))) return [];
  const cache = await caches.open(MARKS);
  return Promise.all((await cache.keys()).map(async (request) => [new URL(request.url), await (await cache.match(request)).json()]));
}

// The path and all that narrows the marks; the view itself is looked at mark by mark.
function choices(address) {
  const url = new URL(address, location.href);
  for (const name of ["bbox", "zoom"]) url.searchParams.delete(name);
  return url.pathname + url.search;
}
