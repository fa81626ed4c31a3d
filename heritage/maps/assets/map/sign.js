// The sign of a mark: a shape and a letter first, a colour second.
import L from "leaflet";
import { element } from "./dom.js";

const SHAPES = {
  roof: "M2 15 L16 3 L30 15 L27 15 L27 30 L5 30 L5 15 Z",
  diamond: "M16 1 L31 16 L16 31 L1 16 Z",
  square: "M3 3 H29 V29 H3 Z",
  circle: "M16 2 A14 14 0 1 1 15.99 2 Z",
  tag: "M3 6 H21 L30 16 L21 26 H3 Z",
  hexagon: "M9 3 H23 L30 16 L23 29 H9 L2 16 Z",
  shield: "M3 3 H29 V18 L16 31 L3 18 Z",
};
const known = new Map(); // the classes of each sign that was asked for -> its shape
const sheet = "adoptedStyleSheets" in document ? new CSSStyleSheet() : null;

// The shape is a picture behind the letter, made once for each kind of sign: a drawing within the page would be laid out,
// clipped and layered by itself, and with a thousand of them that takes longer than all else.
export function sign(layer, slug, band, own) {
  const variants = [slug, band, own && "own", layer.shape === "roof" && "roof"].filter(Boolean);
  const classes = ["sign-shape", ...variants.map((one) => `sign-shape--${one}`)].join(" ");
  const box = element("span", { class: classes, "aria-hidden": "true" }, layer.letter);
  if (!known.has(classes)) {
    known.set(classes, layer.shape);
    paint(classes);
  }
  if (!sheet) box.style.backgroundImage = picture(classes);
  return box;
}

function paint(classes) {
  sheet?.insertRule(`.${classes.replaceAll(" ", ".")} { background-image: ${picture(classes)}; }`);
}

// In the colours and lines that the style sheet gives these classes at this moment.
function picture(classes) {
  const probe = element("span", { class: classes });
  document.body.append(probe);
  const { fill, stroke, strokeWidth, paintOrder } = getComputedStyle(probe);
  probe.remove();
  const line = `fill="${fill}" stroke="${stroke}" stroke-width="${strokeWidth}" paint-order="${paintOrder}"`;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 36 36"><path d="${SHAPES[known.get(classes)] ?? SHAPES.circle}" ${line}/></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(drawing)}")`;
}

if (sheet) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const anew = () => {
    sheet.replaceSync("");
    for (const classes of known.keys()) paint(classes);
  };
  for (const query of ["(prefers-color-scheme: dark)", "print"]) matchMedia(query).addEventListener("change", anew);
}

export function markIcon(layer, slug, band, own) {
  return L.divIcon({ html: sign(layer, slug, band, own), className: `mark${own ? " mark--own" : ""}`, iconSize: own ? [42, 42] : [32, 32] });
}

export function clusterIcon(count, heritage) {
  const size = count < 10 ? 36 : count < 100 ? 42 : count < 1000 ? 48 : 56;
  const ring = element("span", { class: `cluster-mark${heritage ? (heritage === count ? " cluster-mark--heritage" : " cluster-mark--mixed") : ""}`, "aria-hidden": "true" }, shortCount(count));
  return L.divIcon({ html: ring, className: "mark", iconSize: [size, size] });
}

// The same words on the mark and in its label, so that who says what they see is understood.
export const shortCount = (count) => (count < 10000 ? count.toLocaleString(document.documentElement.lang) : `${Math.round(count / 1000)}k`);
