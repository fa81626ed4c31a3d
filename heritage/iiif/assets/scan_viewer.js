// One viewer: OpenSeadragon on the stage, our own tools, a strip of pages, and an address for every detail.
import { pageStrip } from "./page_strip.js";

const ZOOM = 1.6;

// OpenSeadragon adds a style element unless it finds its own; our pages allow none, so it finds one of no meaning.
const style = document.createElementNS("urn:heritage:none", "style");
style.setAttribute("data-openseadragon-mobile-css", "true");
document.head.append(style);

export class ScanViewer {
  constructor(figure, pages, OpenSeadragon) {
    this.figure = figure;
    this.pages = pages;
    this.at = 0;
    this.parts = Object.fromEntries(
      ["frame", "stage", "tools", "strip", "count", "said", "download"].map((name) => [name, figure.querySelector(`[data-${name}]`)]),
    );
    this.osd = this.open(OpenSeadragon);
    this.parts.tools.hidden = false;
    this.parts.tools.addEventListener("click", (event) => this.act(event.target.closest("[data-do]")));
    this.parts.stage.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("fullscreenchange", () => this.fullScreenChanged());
    if (this.parts.strip) this.strip = pageStrip(this.parts.strip, pages, (index) => this.show(index));
    this.show(this.cited() ?? 0);
  }

  open(OpenSeadragon) {
    const { stage } = this.parts;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    OpenSeadragon.setString("GestureHints.Scroll", stage.dataset.wheel);
    OpenSeadragon.setString("GestureHints.Touch", stage.dataset.touch);
    const osd = OpenSeadragon({
      element: stage,
      showNavigationControl: false,
      cooperativeGestures: true, // a wheel or a finger over the picture scrolls the page, as it does beside it
      animationTime: calm ? 0 : 0.6,
      maxZoomPixelRatio: 3,
      visibilityRatio: 0.6,
      minZoomImageRatio: 0.8,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
    });
    osd.canvas.setAttribute("role", "application");
    osd.canvas.setAttribute("aria-label", stage.dataset.label);
    osd.canvas.setAttribute("aria-description", stage.dataset.keys);
    osd.addHandler("canvas-key", (event) => (event.preventDefaultAction = "rRfF".includes(event.originalEvent.key)));
    osd.addHandler("open", () => {
      this.figure.dataset.open = String(this.at);
      this.leaveStill();
      if (this.wanted) osd.viewport.fitBounds(osd.world.getItemAt(0).imageToViewportRectangle(...this.wanted), true);
      this.wanted = null;
    });
    return osd;
  }

  // The still picture goes once the zoomable one is there; who had come to it by keyboard stays where they were.
  leaveStill() {
    const parts = this.parts.stage.querySelectorAll("[data-still], [data-activate]");
    const hadFocus = [...parts].includes(document.activeElement);
    parts.forEach((part) => part.remove());
    if (hadFocus) this.osd.canvas.focus({ preventScroll: true });
  }

  show(index) {
    if (index < 0 || index >= this.pages.length) return;
    this.at = index;
    const page = this.pages[index];
    this.osd.open({
      "@context": "http://iiif.io/api/image/3/context.json",
      id: page.service,
      type: "ImageService3",
      protocol: "http://iiif.io/api/image",
      profile: "level2",
      width: page.width,
      height: page.height,
      tiles: [{ width: page.tile, scaleFactors: page.factors }],
    });
    this.parts.download.href = page.download;
    if (this.parts.count) this.parts.count.textContent = `${index + 1} / ${this.pages.length}`;
    this.disable("previous", index === 0);
    this.disable("next", index === this.pages.length - 1);
    this.strip?.mark(index);
  }

  disable(name, isOff) {
    const button = this.parts.tools.querySelector(`[data-do="${name}"]`);
    if (button) button.setAttribute("aria-disabled", String(isOff));
  }

  act(button) {
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const { viewport } = this.osd;
    const actions = {
      "zoom-in": () => viewport.zoomBy(ZOOM),
      "zoom-out": () => viewport.zoomBy(1 / ZOOM),
      fit: () => viewport.goHome(),
      turn: () => viewport.setRotation(viewport.getRotation() + 90),
      previous: () => this.show(this.at - 1),
      next: () => this.show(this.at + 1),
      cite: () => this.cite(button.dataset.done),
      "full-screen": () => this.fullScreen(),
    };
    actions[button.dataset.do]();
    viewport.applyConstraints();
  }

  key(event) {
    const turns = { PageUp: () => this.show(this.at - 1), PageDown: () => this.show(this.at + 1), r: () => this.act(this.tool("turn")) };
    const turn = turns[event.key];
    if (!turn) return;
    event.preventDefault();
    turn();
  }

  tool(name) {
    return this.parts.tools.querySelector(`[data-do="${name}"]`);
  }

  async fullScreen() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (this.parts.frame.requestFullscreen) await this.parts.frame.requestFullscreen();
    else {
      this.parts.frame.classList.toggle("scan-viewer__frame--full"); // iPhones let no element but video go full screen
      this.fullScreenChanged();
    }
  }

  fullScreenChanged() {
    const { frame } = this.parts;
    const isFull = document.fullscreenElement === frame || frame.classList.contains("scan-viewer__frame--full");
    this.tool("full-screen").setAttribute("aria-pressed", String(isFull));
    this.osd.setCooperativeGestures(!isFull);
  }

  // What is on the screen now, as a region of the image in its pixels.
  region() {
    const page = this.pages[this.at];
    const seen = this.osd.world.getItemAt(0).viewportToImageRectangle(this.osd.viewport.getBounds(true));
    const left = Math.max(0, Math.round(seen.x));
    const top = Math.max(0, Math.round(seen.y));
    const right = Math.min(page.width, Math.round(seen.x + seen.width));
    const bottom = Math.min(page.height, Math.round(seen.y + seen.height));
    return [left, top, Math.max(1, right - left), Math.max(1, bottom - top)];
  }

  async cite(done) {
    const address = new URL(location.href);
    address.hash = `${this.pages[this.at].service.split("/").pop()}/${this.region().join(",")}`;
    history.replaceState(null, "", address);
    await navigator.clipboard?.writeText(address.href).catch(() => {});
    this.parts.said.textContent = done;
    setTimeout(() => (this.parts.said.textContent = ""), 4000);
  }

  // The page that the address of the document names (#TN01.1/x,y,w,h), else null; the detail is shown once it is open.
  cited() {
    const found = /^#([^/]+)\/(\d+),(\d+),(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
    const index = found ? this.pages.findIndex((page) => page.service.endsWith(`/${found[1]}`)) : -1;
    if (index < 0) return null;
    this.wanted = found.slice(2).map(Number);
    this.figure.scrollIntoView();
    return index;
  }
}
