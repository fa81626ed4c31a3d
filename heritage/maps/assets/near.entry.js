import { times } from "./map/times.js";

// Fetches the map's code and basemap when a small map comes near the screen; a phone's first screen pays nothing for them.
const { mapScript } = document.querySelector("script[data-map-script]").dataset;

const near = new IntersectionObserver(
  (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    import(mapScript); // draws every map of the page
  },
  { rootMargin: "400px" },
);

for (const element of document.querySelectorAll("[data-map]")) near.observe(element);
times(document.querySelector("[data-times]"));
