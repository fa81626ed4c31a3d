// Marks take their new places when the zoom has changed. A few do so at once; many, which together would hold up a finger,
// are hidden with their pane and move in slices.
import { slices } from "./slices.js";

const FEW = 200;

export function moving(map, drawn) {
  const lay = slices();
  const pane = map.getPane("markerPane");
  const all = () => [...drawn.values()];
  const hide = (isHidden) => pane.classList.toggle("is-moving", isHidden);
  const at = () => {
    for (const mark of all()) mark.update();
    hide(false);
  };

  map.on("zoomstart", () => drawn.size > FEW && hide(true));
  map.on("zoom", () => drawn.size <= FEW && at());
  map.on("zoomend viewreset", () => {
    if (drawn.size <= FEW) return at();
    hide(true);
    return lay(all().map((mark) => () => mark.update()), () => hide(false));
  });
}
