// One sprite of the lucide icons that templates name: {% include "components/icon.html" with name="map" %}, or any
// icon="…" given to a component that shows one; icons that Python code names are listed in icons.json.
import { readdirSync, existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const USES = [/components\/icon\.html["'] with[^%]*?\bname=["']([a-z0-9-]+)["']/g, /\bicon=["']([a-z0-9-]+)["']/g];

function templates(root) {
  return readdirSync(path.join(root, "heritage"), { recursive: true })
    .filter((file) => file.endsWith(".html") && file.includes("templates"))
    .map((file) => path.join(root, "heritage", file));
}

export async function icons({ out, root, assets }) {
  const wanted = new Map(JSON.parse(await readFile(path.join(assets, "icons.json"), "utf8")).map((name) => [name, "icons.json"]));
  for (const file of templates(root)) {
    const text = await readFile(file, "utf8");
    for (const use of USES) for (const [, name] of text.matchAll(use)) wanted.set(name, path.relative(root, file));
  }
  const symbols = [];
  for (const [name, file] of [...wanted].sort()) {
    const source = path.join(root, "node_modules/lucide-static/icons", `${name}.svg`);
    if (!existsSync(source)) throw new Error(`${file} names the icon "${name}", which lucide-static does not have.`);
    const inner = (await readFile(source, "utf8")).replace(/<!--.*?-->/gs, "").replace(/^.*?<svg[^>]*>|<\/svg>\s*$/gs, "");
    symbols.push(
      `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inner.replace(/\s+/g, " ").trim()}</symbol>`,
    );
  }
  await writeFile(path.join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}
