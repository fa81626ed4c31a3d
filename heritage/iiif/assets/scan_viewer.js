// One viewer: OpenSeadragon on the stage, our own tools, a strip of pages, and an address for every detail.
import { annotation, encode } from "./content_state.js";
import { pageStrip } from "./page_strip.js";
import { placeIn, placeOf } from "./place.js";
import { textPanel } from "./text_panel.js";

const ZOOM = 1.6;

const source = (image) => ({
  "@context": "http://iiif.io/api/image/3/context.json",
  id: image.service,
  type: "ImageService3",
  protocol: "http://iiif.io/api/image",
  profile: "level2",
  width: image.width,
  height: image.height,
  tiles: [{ width: image.tile, scaleFactors: image.factors }],
});

// A part at its place on the page, whose width is 1 in OpenSeadragon's measure.
const laid = (part, page) => {
  const [x, y, width] = part.place.map((value) => value / page.width);
  return { tileSource: source(part), x, y, width };
};

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
      ["frame", "stage", "tools", "strip", "count", "said", "download", "text", "state", "remark", "views", "view"].map((name) => [name, figure.querySelector(`[data-${name}]`)]),
    );
    this.osd = this.open(OpenSeadragon);
    this.parts.tools.hidden = false;
    this.parts.tools.addEventListener("click", (event) => this.act(event.target.closest("[data-do]")));
    this.parts.stage.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("fullscreenchange", () => this.fullScreenChanged());
    if (this.parts.strip) this.strip = pageStrip(this.parts.strip, pages, (index) => this.show(index));
    this.parts.view?.addEventListener("change", () => this.see(this.parts.view.selectedIndex));
    if (this.parts.text) this.text = textPanel(this.parts.text, (region) => this.goTo({ index: this.at, region }));
    addEventListener("hashchange", () => this.goTo(placeIn(pages)));
    this.takeDrops();
    const cited = placeIn(pages);
    if (cited) this.goTo(cited);
    else this.show(0);
  }

  // A page and a region of its canvas; null is no place of ours.
  goTo(place) {
    if (!place) return;
    const { scale } = this.pages[place.index];
    this.wanted = place.region?.map((value) => value / scale) ?? null;
    this.figure.scrollIntoView({ block: "nearest" });
    if (place.index === this.at && this.osd.world.getItemCount()) this.fitWanted();
    else this.show(place.index);
  }

  fitWanted() {
    if (this.wanted) this.osd.viewport.fitBounds(this.osd.world.getItemAt(0).imageToViewportRectangle(...this.wanted), true);
    this.wanted = null;
  }

  // Content State, section 3.5: what is dragged from another viewer, or a link with a content state, may be dropped here.
  takeDrops() {
    const { stage, state, remark } = this.parts;
    stage.addEventListener("dragover", (event) => event.preventDefault());
    stage.addEventListener("drop", (event) => {
      event.preventDefault();
      const dropped = event.dataTransfer.getData("text/plain") || event.dataTransfer.getData("text/uri-list");
      const content = URL.canParse(dropped) ? (new URL(dropped).searchParams.get("iiif-content") ?? dropped) : dropped;
      this.goTo(placeOf(this.pages, content));
    });
    state?.addEventListener("dragstart", (event) => {
      state.href = this.stateAddress();
      event.dataTransfer.setData("text/plain", JSON.stringify(this.state()));
      event.dataTransfer.setData("text/uri-list", state.href);
    });
    state?.addEventListener("click", () => (state.href = this.stateAddress()));
    remark?.addEventListener("click", () => (remark.href = this.remarkAddress()));
  }

  state() {
    const page = this.pages[this.at];
    const region = this.region().map((value) => Math.round(value * page.scale));
    return annotation(page.manifest, page.canvas, region);
  }

  stateAddress() {
    const address = new URL(this.figure.dataset.page, location.href);
    address.searchParams.set("iiif-content", encode(JSON.stringify(this.state())));
    return address.href;
  }

  // The form for a remark, with the page and the detail that are on the screen.
  remarkAddress() {
    const address = new URL(this.parts.remark.href);
    const page = this.pages[this.at];
    address.searchParams.set("image", page.image);
    address.searchParams.set("region", this.region().map((value) => Math.round(value * page.scale)).join(","));
    return address.href;
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
      this.fitWanted();
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
    this.offerViews(page);
    this.osd.open([{ tileSource: source(page) }, ...(page.parts ?? []).map((part) => laid(part, page))]);
    this.parts.download.href = page.download;
    if (this.parts.count) this.parts.count.textContent = `${index + 1} / ${this.pages.length}`;
    this.disable("previous", index === 0);
    this.disable("next", index === this.pages.length - 1);
    this.strip?.mark(index);
    this.text?.show(page);
  }

  // Other pictures of the same page, such as one by raking light: the place on the screen stays as it is.
  offerViews(page) {
    const { views, view } = this.parts;
    if (!views) return;
    views.hidden = !page.views;
    view.replaceChildren(...(page.views ?? []).map((one) => new Option(one.label)));
  }

  see(index) {
    const page = this.pages[this.at];
    this.osd.addTiledImage({ tileSource: source(page.views[index]), index: 0, replace: true, x: 0, y: 0, width: 1 });
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
    const page = this.pages[this.at];
    address.searchParams.delete("iiif-content");
    address.hash = `${page.image}/${this.region().map((value) => Math.round(value * page.scale)).join(",")}`;
    history.replaceState(null, "", address);
    await navigator.clipboard?.writeText(address.href).catch(() => {});
    this.parts.said.textContent = done;
    setTimeout(() => (this.parts.said.textContent = ""), 4000);
  }
}
