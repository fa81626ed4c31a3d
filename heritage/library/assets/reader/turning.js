// Fixed pages on their side: foliate-js knows no turn, so what it draws on is turned as a whole, laid out in the room
// that the screen leaves to it then, and the scale that fits is reckoned here.

/** Zoom and quarter turns of the pages that `renderer` (foliate's fixed layout) draws within `host`. */
export class Turning {
  #renderer; #host; #quarters = 0; #zoom = "fit-page"; #laid = false;

  constructor(renderer, host) {
    [this.#renderer, this.#host] = [renderer, host];
    renderer.style.justifyContent = "safe center"; // a page wider than the screen can be seen whole
    new ResizeObserver(() => this.#laid && this.lay()).observe(host);
  }

  /** Whether the pages lie on their side. */
  get isSideways() { return this.#quarters % 2 === 1; }

  get zoomed() { return this.#zoom; }

  /** How large a page is shown, in percent. */
  get percent() {
    const frame = this.#frames()[0];
    const box = frame?.getBoundingClientRect();
    return frame ? Math.round(((this.isSideways ? box.height : box.width) / frame.offsetWidth) * 100) : 100;
  }

  /** Quarters of a turn, clockwise. */
  turn(quarters) {
    this.#quarters = quarters;
    this.lay();
  }

  /** "fit-page", "fit-width", or percent. */
  zoom(zoom) {
    this.#zoom = zoom;
    this.lay();
  }

  /** Down the screen by so many pixels, whichever side of the page is down. */
  scroll(down) {
    const [left, top] = [[0, down], [down, 0], [0, -down], [-down, 0]][this.#quarters];
    this.#renderer.scrollBy({ left, top });
  }

  lay() {
    this.#laid = true;
    const { clientWidth: width, clientHeight: height } = this.#host;
    const [own, across] = this.isSideways ? [height, width] : [width, height];
    Object.assign(this.#renderer.style, this.#quarters
      ? { position: "absolute", inset: "50% auto auto 50%", width: `${own}px`, height: `${across}px`, transform: `translate(-50%, -50%) rotate(${this.#quarters * 90}deg)` }
      : { position: "", inset: "", width: "", height: "", transform: "" });
    const zoom = this.isSideways ? this.#fitting(own, across) : this.#zoom;
    const said = String(typeof zoom === "number" ? zoom / 100 : zoom);
    if (this.#renderer.getAttribute("zoom") !== said) this.#renderer.setAttribute("zoom", said);
  }

  /** foliate-js would fit the page to the room as it looks from outside. */
  #fitting(own, across) {
    if (typeof this.#zoom === "number") return this.#zoom;
    const frames = this.#frames();
    const height = Math.max(...frames.map((frame) => frame.offsetHeight));
    const width = frames.reduce((sum, frame) => sum + frame.offsetWidth, 0);
    if (!(width && height)) return 100;
    return 100 * (this.#zoom === "fit-width" ? across / height : Math.min(own / width, across / height));
  }

  #frames() {
    return this.#renderer.getContents().map(({ doc }) => doc?.defaultView?.frameElement).filter((one) => one?.offsetWidth);
  }
}

/** Two fingers, or the wheel with Ctrl, on a page in a frame: calls `by(factor)` while they move. */
export function pinching(doc, by) {
  const apart = ({ touches: [one, other] }) => Math.hypot(one.screenX - other.screenX, one.screenY - other.screenY);
  let before = 0;
  doc.addEventListener("touchstart", (event) => { before = event.touches.length === 2 ? apart(event) : 0; }, { passive: true });
  doc.addEventListener("touchmove", (event) => {
    if (!before || event.touches.length !== 2) return;
    event.preventDefault();
    const now = apart(event);
    if (Math.abs(now / before - 1) < 0.03) return;
    by(now / before);
    before = now;
  }, { passive: false });
  doc.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault(); // two fingers on a touchpad come as this
    by(Math.exp(-Math.max(-50, Math.min(50, event.deltaY)) / 100));
  }, { passive: false });
}
