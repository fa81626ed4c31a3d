// Builds every app's assets: heritage/<app>/assets/<name>.entry.{js,css} -> heritage/static/build/<app>/<name>.{js,css}.
// An app may also keep heritage/<app>/assets/build.mjs, whose default export is called with { out, root, production }.
import { build, context } from "esbuild";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const out = path.join(root, "heritage/static/build");
const watch = process.argv.includes("--watch");
const apps = readdirSync(path.join(root, "heritage")).filter((app) => existsSync(path.join(root, "heritage", app, "assets")));

const entryPoints = apps.flatMap((app) =>
  readdirSync(path.join(root, "heritage", app, "assets"))
    .filter((file) => /\.entry\.(js|css)$/.test(file))
    .map((file) => ({
      in: path.join(root, "heritage", app, "assets", file),
      out: `${app}/${file.replace(/\.entry\.(js|css)$/, "")}`,
    })),
);

const options = {
  entryPoints,
  outdir: out,
  bundle: true,
  format: "esm",
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  minify: !watch,
  sourcemap: watch ? "inline" : false,
  external: ["/static/*"],
  assetNames: "files/[name]-[hash]",
  loader: { ".woff2": "file", ".woff": "file", ".png": "file", ".svg": "file", ".gif": "file" },
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
};

if (!watch) await rm(out, { recursive: true, force: true });
if (watch) await (await context(options)).watch();
else await build(options);

// Django names files by content and rewrites every url(...) of a stylesheet for that, also those inside a drawing that
// stands in the stylesheet itself, which breaks it; in base64 it finds none.
const DRAWING = /url\((['"]?)data:image\/svg\+xml,((?:(?!\1\)).)*)\1\)/gs;
for (const file of readdirSync(out, { recursive: true }).filter((name) => name.endsWith(".css"))) {
  const css = readFileSync(path.join(out, file), "utf8");
  const safe = css.replace(DRAWING, (_all, _quote, svg) =>
    `url("data:image/svg+xml;base64,${Buffer.from(decodeURIComponent(svg)).toString("base64")}")`);
  if (safe !== css) writeFileSync(path.join(out, file), safe);
}

for (const app of apps) {
  const own = path.join(root, "heritage", app, "assets", "build.mjs");
  if (existsSync(own)) await (await import(pathToFileURL(own).href)).default({ out: path.join(out, app), root, production: !watch });
}
console.log(`built ${entryPoints.length} bundles into ${path.relative(root, out)}`);
