// Makes every figure[data-scan-viewer] a zoomable viewer once the visitor turns to it; until then it is a still picture.
import { placeIn } from "./place.js";
import { ScanViewer } from "./scan_viewer.js";
import { spoken } from "./spoken.js";

const narrow = matchMedia("(max-width: 48rem)");
const isSparing = () => narrow.matches || navigator.connection?.saveData === true;

async function start(figure) {
  if (figure.dataset.started) return;
  figure.dataset.started = "true";
  const pages = JSON.parse(document.getElementById(figure.dataset.scanViewer).textContent);
  try {
    const { default: OpenSeadragon } = await import(figure.dataset.engine);
    new ScanViewer(figure, pages, OpenSeadragon);
  } catch (error) {
    console.error(error); // the still picture and its links stay
    figure.querySelector("[data-activate]").hidden = true;
  }
}

function isCited(figure) {
  if (!location.hash && !location.search.includes("iiif-content=")) return false;
  return placeIn(JSON.parse(document.getElementById(figure.dataset.scanViewer).textContent)) !== null;
}

// On a small screen or a metered line only a touch of the picture fetches the engine; elsewhere seeing half of it does.
const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || isSparing()) continue;
      seen.unobserve(target);
      start(target.closest("[data-scan-viewer]"));
    }
  },
  { threshold: 0.5 },
);

function prepare(figure) {
  const button = figure.querySelector("[data-activate]");
  button.hidden = false;
  const activate = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab was asked for
    event.preventDefault();
    start(figure);
  };
  button.addEventListener("click", activate);
  figure.querySelector("[data-still]").addEventListener("click", activate);
  figure.querySelector("[data-contents]")?.addEventListener("click", () => start(figure));
  figure.querySelector("[data-text]")?.addEventListener("toggle", () => start(figure), { once: true });
  if (isCited(figure)) start(figure);
  else seen.observe(figure.querySelector("[data-stage]"));
}

// A 3D model is drawn where it is asked for; where it cannot be, that is said and the file stays to be taken.
function prepareModel(part) {
  const [button, space, cannot] = ["turn", "space", "cannot"].map((name) => part.querySelector(`[data-${name}]`));
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.hidden = true;
    space.hidden = false;
    try {
      const { draw } = await import(part.dataset.engine);
      await draw(space, part.dataset.model);
      part.dataset.open = "true";
      space.focus({ preventScroll: true });
    } catch (error) {
      console.error(error);
      space.hidden = true;
      cannot.hidden = false;
    }
  });
}

const prepareAll = () => {
  document.querySelectorAll("[data-scan-viewer]").forEach(prepare);
  document.querySelectorAll("[data-model]").forEach(prepareModel);
  document.querySelectorAll("[data-recording]").forEach(spoken);
};
if (document.readyState === "complete") prepareAll();
else addEventListener("load", prepareAll, { once: true });
