// The service worker: keeps the frame, answers navigation from the network first, shows what was kept or the offline
// page where there is none. What belongs to one person (account, admin, answers marked private) is never kept.
// `self.ARCHIVE` is written in front of this file by the server: the shell's files with their revisions.
import { CacheableResponsePlugin } from "workbox-cacheable-response";
import { clientsClaim, setCacheNameDetails } from "workbox-core";
import { ExpirationPlugin } from "workbox-expiration";
import { matchPrecache, precacheAndRoute } from "workbox-precaching";
import { registerRoute, setCatchHandler } from "workbox-routing";
import { NetworkFirst, NetworkOnly, StaleWhileRevalidate } from "workbox-strategies";
import { createPartialResponse } from "workbox-range-requests";
import { dropAll, isBookFile, isBookPage, keptAnswer } from "../../library/assets/offline/kept.js";
import { isMapMarks, isPrivatePath, isPrivateResponse, MARKS, offlineAddress, PAGES } from "./keeping.js";

setCacheNameDetails({ prefix: "heritage" });
self.skipWaiting();
clientsClaim();
// No cleanupOutdatedCaches: it takes every precache below this scope, the whole site, for an old one of its own, and would
// throw away the survey form that the other worker keeps for work without a network.
precacheAndRoute(self.ARCHIVE.precache, { ignoreURLParametersMatching: [], cleanURLs: false, directoryIndex: null });

const notPrivate = { cacheWillUpdate: async ({ response }) => (isPrivateResponse(response) ? null : response) };
const good = new CacheableResponsePlugin({ statuses: [200] });
const DAY = 24 * 60 * 60;

// Titles kept on the device: their pages from the network first, their files from the device; none after the loan's end.
registerRoute(
  ({ request, url }) => request.mode === "navigate" && url.origin === self.location.origin && isBookPage(url.pathname),
  async ({ request, url }) => {
    try {
      return await fetch(request);
    } catch (error) {
      const kept = await keptAnswer(url.pathname);
      if (kept) return kept;
      throw error;
    }
  },
);
registerRoute(
  ({ url }) => url.origin === self.location.origin && isBookFile(url),
  async ({ request, url }) => {
    const kept = await keptAnswer(url.pathname);
    if (!kept) return fetch(request);
    return request.headers.has("Range") ? createPartialResponse(request, kept) : kept;
  },
);
registerRoute(
  ({ request, url }) => request.mode === "navigate" && url.origin === self.location.origin && isPrivatePath(url.pathname),
  new NetworkOnly(),
);
registerRoute(
  ({ request, url }) => request.mode === "navigate" && url.origin === self.location.origin,
  new NetworkFirst({
    cacheName: PAGES,
    networkTimeoutSeconds: 8,
    plugins: [notPrivate, good, new ExpirationPlugin({ maxEntries: 60, maxAgeSeconds: 30 * DAY })],
  }),
);
registerRoute(
  ({ url, request }) => url.origin === self.location.origin && url.pathname.startsWith("/static/") && request.destination !== "document",
  new StaleWhileRevalidate({ cacheName: "heritage-static", plugins: [good, new ExpirationPlugin({ maxEntries: 120, maxAgeSeconds: 60 * DAY })] }),
);
registerRoute(
  ({ url }) => url.origin === self.location.origin && url.pathname.startsWith("/media/images/"),
  new StaleWhileRevalidate({ cacheName: "heritage-pictures", plugins: [good, new ExpirationPlugin({ maxEntries: 80, maxAgeSeconds: 30 * DAY })] }),
);
// Marks of the map by view. Without a network the page itself gathers from these what lies in its view (maps/map/kept.js);
// only what was asked of a single mark is answered from here.
const ofOneMark = async ({ request, cachedResponse }) => (new URL(request.url).searchParams.has("number") ? cachedResponse : null);
registerRoute(
  ({ url }) => url.origin === self.location.origin && isMapMarks(url.pathname),
  new NetworkFirst({ cacheName: MARKS, plugins: [good, new ExpirationPlugin({ maxEntries: 60, maxAgeSeconds: 30 * DAY }), { cachedResponseWillBeUsed: ofOneMark }] }),
);

setCatchHandler(async ({ request }) => {
  if (request.mode !== "navigate" && request.destination !== "document") {
    const { pathname, search, origin } = new URL(request.url);
    return (origin === self.location.origin && (await keptAnswer(pathname + search))) || Response.error();
  }
  return (await matchPrecache(offlineAddress(new URL(request.url).pathname))) ?? Response.error();
});

// A visitor who logs in or out must not meet pages kept for somebody else.
self.addEventListener("message", (event) => {
  if (event.data === "forget-pages") event.waitUntil(caches.delete(PAGES));
  if (event.data === "forget-books") event.waitUntil(dropAll());
});
