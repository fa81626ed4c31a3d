// What esbuild does not make of the portal's assets: cut fonts, the icon sprite.
import path from "node:path";
import { fonts } from "./fonts.mjs";
import { icons } from "./icons.mjs";

export default async function ({ out, root }) {
  const assets = path.join(root, "heritage/home/assets");
  await Promise.all([fonts({ out, root }), icons({ out, root, assets })]);
}
