// What the service worker keeps and what it never does.
export const PAGES = "heritage-pages";
export const MARKS = "heritage-marks";
const PRIVATE = [/^\/admin(\/|$)/, /^\/documents\//, /^\/(vi|en)\/(tai-khoan|account)(\/|$)/, /^\/styleguide\//];

/** Whether pages below this path may belong to one person. */
export function isPrivatePath(pathname) {
  return PRIVATE.some((pattern) => pattern.test(pathname));
}

/** Whether a path is that of the marks of a map's view. */
export function isMapMarks(pathname) {
  return /^\/(vi\/ban-do\/diem|en\/map\/points)\.json$/.test(pathname);
}

/** Keeps public pages of this site that are not kept yet, so that they open without a network. */
export async function keepPages(addresses) {
  if (!("caches" in globalThis)) return;
  const cache = await caches.open(PAGES);
  for (const address of addresses) {
    if (await cache.match(address)) continue;
    const answer = await fetch(address);
    if (answer.ok && !isPrivateResponse(answer)) await cache.put(address, answer);
  }
}

/** Whether the server marked the answer as somebody's own (RFC 9111, section 5.2.2). */
export function isPrivateResponse(response) {
  return /\b(private|no-store)\b/i.test(response.headers.get("Cache-Control") ?? "");
}

/** The offline page in the language of the address that could not be had. */
export function offlineAddress(pathname) {
  return `/offline/?lang=${pathname.startsWith("/en/") ? "en" : "vi"}`;
}
