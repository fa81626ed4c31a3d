// One PMTiles file as a layer, drawn on a canvas: no WebGL, no worker. Country borders are left out: a map published
// in Viet Nam does not take them from others' data.
import { PMTiles, TileType, leafletRasterLayer } from "pmtiles";
import { labelRules, leafletLayer, paintRules } from "protomaps-leaflet";
import { namedFlavor } from "@protomaps/basemaps";

export async function make(part) {
  const file = new PMTiles(new URL(part.url, location.href).href);
  const { tileType, maxZoom } = await file.getHeader(); // a file that is away or none is told at once
  const common = { attribution: "", maxZoom: 18 };
  if (tileType !== TileType.Mvt) return leafletRasterLayer(file, { ...common, maxNativeZoom: maxZoom });
  const flavor = namedFlavor(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const rules = paintRules(flavor).filter((rule) => rule.dataLayer !== "boundaries");
  const labels = labelRules(flavor, document.documentElement.lang || "vi");
  return leafletLayer({ ...common, url: file, maxDataZoom: maxZoom, paintRules: rules, labelRules: labels, backgroundColor: flavor.background });
}
