// Makes every figure[data-scan-viewer] a zoomable viewer when it comes near the screen.
import { ScanViewer } from "./scan_viewer.js";

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      start(target);
    }
  },
  { rootMargin: "400px" },
);

async function start(figure) {
  const pages = JSON.parse(document.getElementById(figure.dataset.scanViewer).textContent);
  try {
    const { default: OpenSeadragon } = await import(figure.dataset.engine);
    new ScanViewer(figure, pages, OpenSeadragon);
  } catch (error) {
    console.error(error); // the still picture and its links stay
  }
}

document.querySelectorAll("[data-scan-viewer]").forEach((figure) => near.observe(figure));
