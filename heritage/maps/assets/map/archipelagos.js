// "Quần đảo Hoàng Sa (Việt Nam)" and "Quần đảo Trường Sa (Việt Nam)": in a pane above marks and popups, at every zoom.
import L from "leaflet";

export function archipelagos(map, part) {
  const pane = map.createPane("archipelagos");
  pane.style.zIndex = 750;
  pane.style.pointerEvents = "none";
  for (const label of part.labels) {
    const name = document.createElement("span");
    name.textContent = label.text;
    L.marker(label.at, {
      icon: L.divIcon({ html: name, className: "archipelago", iconSize: null }),
      pane: "archipelagos",
      interactive: false,
      keyboard: false,
    }).addTo(map);
  }
  printed(map, part.labels);
}

// A view need not reach both: on paper they are also named in a corner.
function printed(map, labels) {
  const names = document.createElement("p");
  names.className = "archipelago-names";
  names.textContent = labels.map((label) => label.text).join(" · ");
  map.getContainer().append(names);
}
