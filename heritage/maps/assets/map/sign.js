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
const SVG = "http://www.w3.org/2000/svg";

export function sign(layer, slug, band) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-2 -2 36 36");
  svg.setAttribute("class", `sign-shape sign-shape--${slug}${band ? ` sign-shape--${band}` : ""}`);
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", SHAPES[layer.shape] ?? SHAPES.circle);
  const letter = document.createElementNS(SVG, "text");
  letter.setAttribute("x", "16");
  letter.setAttribute("y", layer.shape === "roof" ? "26" : "21.5");
  letter.textContent = layer.letter;
  svg.append(shape, letter);
  return svg;
}

export function markIcon(layer, slug, band, own) {
  return L.divIcon({ html: sign(layer, slug, band), className: `mark${own ? " mark--own" : ""}`, iconSize: own ? [42, 42] : [32, 32] });
}

export function clusterIcon(count, heritage) {
  const size = count < 10 ? 36 : count < 100 ? 42 : count < 1000 ? 48 : 56;
  const ring = element("span", { class: `cluster-mark${heritage ? (heritage === count ? " cluster-mark--heritage" : " cluster-mark--mixed") : ""}`, "aria-hidden": "true" }, shortCount(count));
  return L.divIcon({ html: ring, className: "mark", iconSize: [size, size] });
}

// The same words on the mark and in its label, so that who says what they see is understood.
export const shortCount = (count) => (count < 10000 ? count.toLocaleString(document.documentElement.lang) : `${Math.round(count / 1000)}k`);
