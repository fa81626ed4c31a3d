// Cuts the two families down to what Vietnamese and English text needs, and writes their @font-face rules' files.
// "core" holds ASCII, the Vietnamese letters and the punctuation in use; "rest" the other letters of Latin-1, fetched
// only by a page that has one of them (unicode-range in fonts.css).
import subset from "subset-font";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const between = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("");
const ASCII = between(0x20, 0x7e);
const VIETNAMESE = `ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư${between(0x1ea0, 0x1ef9)}`;
const PUNCTUATION = "\u00a0–—‘’“”…·•×«»°²³½§©→←↑↓₫";
const CORE = ASCII + VIETNAMESE + PUNCTUATION;
const LATIN_1 = between(0xa1, 0xff);

const beVietnam = (folder) => `@expo-google-fonts/be-vietnam-pro/${folder}/BeVietnamPro_${folder}.ttf`;
const literata = (script) => `@fontsource-variable/literata/files/literata-${script}-wght-normal.woff2`;
const FILES = [
  { name: "be-vietnam-pro-400", source: beVietnam("400Regular"), text: CORE },
  { name: "be-vietnam-pro-600", source: beVietnam("600SemiBold"), text: CORE },
  { name: "be-vietnam-pro-400-rest", source: beVietnam("400Regular"), text: LATIN_1 },
  { name: "be-vietnam-pro-600-rest", source: beVietnam("600SemiBold"), text: LATIN_1 },
  ...[400, 500].flatMap((weight) => [
    { name: `literata-${weight}-latin`, source: literata("latin"), text: ASCII + PUNCTUATION + VIETNAMESE, axes: { wght: weight } },
    { name: `literata-${weight}-rest`, source: literata("latin"), text: LATIN_1, axes: { wght: weight } },
    { name: `literata-${weight}-vietnamese`, source: literata("vietnamese"), text: VIETNAMESE, axes: { wght: weight } },
  ]),
];

export async function fonts({ out, root }) {
  await mkdir(path.join(out, "fonts"), { recursive: true });
  for (const { name, source, text, axes } of FILES) {
    const font = await readFile(path.join(root, "node_modules", source));
    const cut = await subset(font, text, { targetFormat: "woff2", variationAxes: axes });
    await writeFile(path.join(out, "fonts", `${name}.woff2`), cut);
  }
}
