// Supercluster as its readme sets it up: every point in memory, one index; the boxes asked one after the other.
import { readFileSync } from "node:fs";
import Supercluster from "supercluster";

const { points, boxes } = JSON.parse(readFileSync(0, "utf8"));
const features = points.map(([latitude, longitude], number) => ({
  type: "Feature",
  geometry: { type: "Point", coordinates: [longitude, latitude] },
  properties: { number },
}));
const started = performance.now();
const index = new Supercluster({ radius: 85, maxZoom: 18, extent: 256 }).load(features);
const loaded = performance.now();
const milliseconds = boxes.map(([west, south, east, north, zoom]) => {
  const began = performance.now();
  JSON.stringify(index.getClusters([west, south, east, north], zoom));
  return performance.now() - began;
});
const memory = Math.round(process.memoryUsage().rss / 1048576);
console.log(JSON.stringify({ load_s: Math.round(loaded - started) / 1000, memory_mb: memory, milliseconds }));
