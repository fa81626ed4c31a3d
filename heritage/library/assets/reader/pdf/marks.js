// Marks on the pages of a PDF: highlights, words found, the sentence spoken now. Drawn under the page's text, in parts of
// the page's size, so that they stay right at every zoom; drawn anew whenever PDF.js draws a page.
import { rangeIn } from "./text.js";

export class PageMarks {
  #marks = new Map(); #pageOf; #seek = "";

  /** `pageOf(index)` is PDF.js's view of a page. */
  constructor(pageOf) { this.#pageOf = pageOf; }

  /** Shows a mark at { index, start, end } under a name; with `seek` the page is scrolled to it once it is drawn. */
  show(name, place, { kind, colour = "gold", seek = false }) {
    const before = this.#marks.get(name)?.index;
    this.#marks.set(name, { ...place, kind, colour });
    if (seek) this.#seek = name;
    if (before !== undefined && before !== place.index) this.draw(before);
    this.draw(place.index);
  }

  forget(name) {
    const mark = this.#marks.get(name);
    if (!mark) return;
    this.#marks.delete(name);
    if (this.#seek === name) this.#seek = "";
    this.draw(mark.index);
  }

  draw(index) {
    const page = this.#pageOf(index);
    const layer = page?.textLayer?.div;
    if (!layer?.isConnected) return;
    page.div.querySelector(".pdf-marks")?.remove();
    const own = [...this.#marks].filter(([, mark]) => mark.index === index);
    if (!own.length) return;
    const box = Object.assign(document.createElement("div"), { className: "pdf-marks" });
    box.setAttribute("aria-hidden", "true"); // the list of notes tells of them
    layer.before(box);
    for (const [name, mark] of own) this.#drawOne(box, page.div, layer, name, mark);
  }

  #drawOne(box, page, layer, name, mark) {
    const range = rangeIn(layer, mark.start, mark.end);
    const whole = page.getBoundingClientRect();
    const drawn = [...(range?.getClientRects() ?? [])].filter(({ width, height }) => width && height).map((rect) => {
      const one = Object.assign(document.createElement("div"), { className: `pdf-mark pdf-mark--${mark.kind}` });
      Object.assign(one.dataset, { name, colour: mark.colour });
      one.style.left = `${((rect.left - whole.left) / whole.width) * 100}%`;
      one.style.top = `${((rect.top - whole.top) / whole.height) * 100}%`;
      one.style.width = `${(rect.width / whole.width) * 100}%`;
      one.style.height = `${(rect.height / whole.height) * 100}%`;
      return one;
    });
    box.append(...drawn);
    if (this.#seek === name && drawn.length) {
      this.#seek = "";
      drawn[0].scrollIntoView({ block: "center", inline: "nearest" });
    }
  }

  /** The name of the highlight under a point of the window, or "". */
  at(x, y) {
    const under = [...document.querySelectorAll(".pdf-mark--highlight")].find((mark) => {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      return x >= left && x <= right && y >= top && y <= bottom;
    });
    return under?.dataset.name ?? "";
  }
}
