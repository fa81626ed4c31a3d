// Draws every map of a page from the data block that Folium's parts left beside it (heritage/maps/folium_elements).
import { drawMap } from "./map/draw.js";
import { sign } from "./map/sign.js";

for (const element of document.querySelectorAll("[data-map]")) {
  const block = document.getElementById(element.dataset.map);
  if (block) drawMap(element, JSON.parse(block.textContent));
}

// Where a page explains the signs, they are those of the map; drawn after it, while its marks are on their way.
setTimeout(() => {
  for (const box of document.querySelectorAll(".legend .sign, .mapping__choice .sign")) {
    const slug = [...box.classList].find((name) => name.startsWith("sign--")).slice("sign--".length);
    box.replaceChildren(sign({ shape: box.dataset.shape, letter: box.textContent }, slug));
    box.classList.add("sign--drawn");
  }
});
