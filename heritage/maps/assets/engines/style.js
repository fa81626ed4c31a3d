// A vector style by MapLibre, in the build that needs no inline worker, so that the page's policy stays strict.
import maplibre from "maplibre-gl";
import { maplibreGL } from "@maplibre/maplibre-gl-leaflet";

export async function make(part) {
  const answer = await fetch(part.url);
  if (!answer.ok) throw new Error(`${part.url}: ${answer.status}`);
  const style = await answer.json();
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL");
  maplibre.setWorkerUrl(new URL(part.worker, location.href).href);
  const layer = maplibreGL({ style: absolute(style, new URL(part.url, location.href)), attributionControl: false });
  layer.on("add", () => {
    const drawn = layer.getMaplibreMap();
    drawn.on("error", () => layer.fire("tileerror"));
    drawn.on("data", (event) => event.tile && layer.fire("tileload"));
  });
  return layer;
}

// What a style names beside itself is found from where the style lies.
function absolute(style, base) {
  const at = (address) => (typeof address === "string" && !/^[a-z]+:/i.test(address) ? decodeURI(new URL(address, base).href) : address);
  for (const source of Object.values(style.sources ?? {})) {
    source.url = source.url && at(source.url);
    source.tiles = source.tiles?.map(at);
    for (const name of ["url", "tiles"]) if (source[name] === undefined) delete source[name];
  }
  for (const name of ["glyphs", "sprite"]) if (style[name]) style[name] = at(style[name]);
  return style;
}
