// A page printed by the browser: the map takes its size on paper before the paper is laid out (what it draws follows its
// own size, and nothing is drawn anew after that), and says where north is beside its scale.
import { element, icon } from "./dom.js";

const WIDEST = 660; // CSS pixels: between the margins of an upright A4
const HIGHEST = 860;
const ARROW = "M12 2 L19 22 L12 17 L5 22 Z";

export function paper(map, { texts, parts }, whole) {
  const box = map.getContainer();
  box.append(element("p", { class: "map-north" }, icon(ARROW), texts.north));
  const isRoute = parts.some(({ kind }) => kind === "route"); // all of it is here; marks of a view are not beyond its edges
  let before = null;

  addEventListener("beforeprint", () => {
    before ??= { center: map.getCenter(), zoom: map.getZoom() };
    box.style.inlineSize = `${isRoute ? WIDEST : Math.min(WIDEST, box.clientWidth)}px`;
    box.style.blockSize = `${Math.min(HIGHEST, box.clientHeight)}px`;
    map.invalidateSize({ animate: false });
    if (isRoute) map.fitBounds(whole, { animate: false });
  });
  addEventListener("afterprint", () => {
    box.style.inlineSize = box.style.blockSize = "";
    map.invalidateSize({ animate: false });
    if (before) map.setView(before.center, before.zoom, { animate: false });
    before = null;
  });
}
