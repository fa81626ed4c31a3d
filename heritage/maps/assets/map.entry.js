// Draws every map of a page from the data block that Folium's parts left beside it (heritage/maps/folium_elements).
import { drawMap } from "./map/draw.js";

for (const element of document.querySelectorAll("[data-map]")) {
  const block = document.getElementById(element.dataset.map);
  if (block) drawMap(element, JSON.parse(block.textContent));
}
