// Copies the two weights of Be Vietnam Pro that PDF labels are set in; browsers use the WOFF2 files of the site's own bundle.
import { cp, mkdir } from "node:fs/promises";
import path from "node:path";

const FONTS = { "regular.ttf": "400Regular/BeVietnamPro_400Regular.ttf", "bold.ttf": "600SemiBold/BeVietnamPro_600SemiBold.ttf" };

export default async function build({ out, root }) {
  const source = path.join(root, "node_modules/@expo-google-fonts/be-vietnam-pro");
  await mkdir(path.join(out, "fonts"), { recursive: true });
  for (const [name, file] of Object.entries(FONTS)) await cp(path.join(source, file), path.join(out, "fonts", name));
  await cp(path.join(source, "LICENSE_FONT"), path.join(out, "fonts", "LICENSE"));
}
