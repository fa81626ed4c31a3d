// Makes the offline basemap from world-atlas (Natural Earth land without borders, public domain) and our own outlines:
// land clipped to the region and thinned to what a screen shows, provinces with a point for each name.
import { readFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { feature } from "topojson-client";

const REGION = [38, -42, 180, 66]; // west, south, east, north in degrees: more than any screen at the lowest zoom
const WIDE = [86, -12, 132, 36]; // beyond it only the largest screens at the lowest zooms look
const NEAR = [100, 5, 119, 25]; // within it the coast is drawn finely
const FINE = 0.03;
const COARSE = 0.16;
const COARSEST = 0.9;
const SMALLEST = 0.002; // square degrees; smaller islands do not show

export default async function basemap({ out, root, production }) {
  await mkdir(out, { recursive: true });
  const atlas = JSON.parse(await readFile(path.join(root, "node_modules/world-atlas/land-10m.json"), "utf8"));
  const land = feature(atlas, atlas.objects.land);
  const polygons = land.features
    .flatMap((one) => (one.geometry.type === "Polygon" ? [one.geometry.coordinates] : one.geometry.coordinates))
    .map((rings) => rings.map((ring) => thinned(clipped(ring, REGION))).filter((ring) => ring.length > 3 && Math.abs(area(ring)) > (within(ring[0], WIDE) ? SMALLEST : 1)))
    .filter((rings) => rings.length);
  await write(out, "land.json", { type: "MultiPolygon", coordinates: polygons });

  const outlines = JSON.parse(await readFile(path.join(root, "heritage/places/data/provinces_outline.geojson"), "utf8"));
  const features = outlines.features.map((one) => ({
    type: "Feature",
    properties: { code: one.properties.code, name: one.properties.name, at: middle(one.geometry) },
    geometry: one.geometry,
  }));
  await write(out, "provinces.json", { type: "FeatureCollection", features });
  await engines(out, root, production);
}

// What draws a PMTiles file or a vector style: bundles of their own, fetched only when such a basemap is chosen.
async function engines(out, root, production) {
  const own = path.join(root, "heritage/maps/assets/engines");
  const maplibre = path.join(root, "node_modules/maplibre-gl/dist");
  await build({
    entryPoints: ["pmtiles", "style"].map((name) => ({ in: path.join(own, `${name}.js`), out: `engine_${name}` })),
    outdir: out,
    bundle: true,
    format: "esm",
    target: ["es2022", "chrome109", "firefox115", "safari16"],
    minify: production,
    alias: { leaflet: path.join(own, "leaflet.cjs"), "maplibre-gl": path.join(maplibre, "maplibre-gl-csp.js") },
    logLevel: "warning",
  });
  const worker = await readFile(path.join(maplibre, "maplibre-gl-csp-worker.js"), "utf8");
  await writeFile(path.join(out, "engine_style_worker.js"), worker.replace(/^\/\/# sourceMappingURL=.*$/m, "")); // its map is not shipped
}

const write = (out, name, data) => writeFile(path.join(out, name), JSON.stringify(data));

// Sutherland-Hodgman against the four sides of a box.
function clipped(ring, [west, south, east, north]) {
  const sides = [
    [(p) => p[0] >= west, (a, b) => at(a, b, 0, west)],
    [(p) => p[0] <= east, (a, b) => at(a, b, 0, east)],
    [(p) => p[1] >= south, (a, b) => at(a, b, 1, south)],
    [(p) => p[1] <= north, (a, b) => at(a, b, 1, north)],
  ];
  return sides.reduce((points, [inside, cut]) => {
    const kept = [];
    points.forEach((point, index) => {
      const before = points[(index + points.length - 1) % points.length];
      if (inside(point) !== inside(before)) kept.push(cut(before, point));
      if (inside(point)) kept.push(point);
    });
    return kept;
  }, ring.slice(0, -1));
}

function at(a, b, axis, value) {
  const share = (value - a[axis]) / (b[axis] - a[axis]);
  return axis === 0 ? [value, a[1] + share * (b[1] - a[1])] : [a[0] + share * (b[0] - a[0]), value];
}

// Leaves out points closer to the last kept one than a screen can show; closes the ring.
function thinned(ring) {
  if (!ring.length) return [];
  const kept = [ring[0]];
  for (const point of ring) {
    const last = kept[kept.length - 1];
    const step = within(point, NEAR) ? FINE : within(point, WIDE) ? COARSE : COARSEST;
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= step) kept.push(point);
  }
  return [...kept, ring[0]].map(([x, y]) => [round(x, 100), round(y, 100)]);
}

const within = ([x, y], [west, south, east, north]) => x > west && x < east && y > south && y < north;

const round = (value, steps = 1000) => Math.round(value * steps) / steps;

function area(ring) {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

// Where a province's name stands: the middle of the widest stretch inside its largest part, half-way up.
function middle(geometry) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const ring = parts.map((rings) => rings[0]).sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)))[0];
  const latitudes = ring.map((point) => point[1]);
  const [low, high] = [Math.min(...latitudes), Math.max(...latitudes)];
  let best = { width: 0, at: ring[0] };
  for (const share of [0.4, 0.45, 0.5, 0.55, 0.6]) {
    const y = low + share * (high - low);
    const crossings = ring
      .map((a, index) => [a, ring[(index + 1) % ring.length]])
      .filter(([a, b]) => a[1] > y !== b[1] > y)
      .map(([a, b]) => a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
      .sort((a, b) => a - b);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const width = crossings[index + 1] - crossings[index];
      if (width > best.width) best = { width, at: [round(y), round(crossings[index] + width / 2)] };
    }
  }
  return best.at;
}
