// The page's own fonts for the chapters, which are documents of their own: the same files, by their full addresses.

const FAMILIES = ["Literata", "Be Vietnam Pro", "Andika"];

function* rules() {
  for (const sheet of document.styleSheets) {
    let inner = [];
    try { inner = sheet.cssRules; } catch { /* a sheet of another host tells nothing */ }
    for (const rule of inner) {
      const family = rule instanceof CSSFontFaceRule ? rule.style.getPropertyValue("font-family").replace(/["']/g, "") : "";
      if (FAMILIES.includes(family)) yield { family, sheet, text: rule.cssText };
    }
  }
}

const ADDRESS = /url\((["']?)([^"')]+)\1\)/g;
const full = (address, sheet) => new URL(address, sheet.href ?? location.href).href;

/** @font-face rules for the chapters. */
export function fontFaces() {
  return [...rules()].map(({ text, sheet }) => text.replace(ADDRESS, (_all, _quote, address) => `url("${full(address, sheet)}")`)).join("\n");
}

/** Paths of the font files, to be kept with a title: chosen letters stand without a network too. */
export function fontFiles() {
  const found = [...rules()].flatMap(({ text, sheet }) => [...text.matchAll(ADDRESS)].map((match) => new URL(full(match[2], sheet)).pathname));
  return [...new Set(found)].filter((path) => path.endsWith(".woff2"));
}
