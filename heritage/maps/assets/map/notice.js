// A line over the map for what does not come: said once, read out, and put away by the visitor.
import { element } from "./dom.js";

export function notice(map, text, texts) {
  map.noticeBox?.remove();
  if (!text) return;
  const close = element("button", { type: "button", class: "map-notice__close", "aria-label": texts.close, on: { click: () => notice(map, "", texts) } }, "×");
  map.noticeBox = element("div", { class: "map-notice", role: "status" }, element("p", {}), close);
  map.getContainer().append(map.noticeBox);
  map.noticeBox.firstChild.textContent = text; // after it stands there, so that it is read out
}
