// Keeps the survey form and nothing else; `self.SURVEY` is written in front of this file by the server.
import { clientsClaim, setCacheNameDetails } from "workbox-core";
import { createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

setCacheNameDetails({ prefix: "heritage-survey" });
self.skipWaiting();
clientsClaim();

// A page asked for goes to the network first; without one, the kept form in its language is shown.
registerRoute(
  new NavigationRoute(
    async (options) => {
      try {
        return await fetch(options.request);
      } catch {
        const language = options.url.searchParams.get("lang") === "en" ? "en" : "vi";
        return createHandlerBoundToURL(`/survey/?lang=${language}`)(options);
      }
    },
    { allowlist: [/^\/survey\/(\?|$)/] },
  ),
);
precacheAndRoute(self.SURVEY, { ignoreURLParametersMatching: [], cleanURLs: false, directoryIndex: null });
