// The one file that knows foliate-js: everything else speaks to `BookView`.
// foliate-js draws each chapter in a frame of a blob: document; the page's policy (an HTTP header) keeps a book's
// scripts from running there and the book from reaching any host.
import { View, makeBook } from "foliate-js/view.js";
import { Overlayer } from "foliate-js/overlayer.js";
import { findIn } from "./finding.js";
import { Narration } from "./narration.js";
import { sentencesOf } from "./sentences.js";

const COLOURS = { gold: "#e0b33c", jade: "#5fb59b", red: "#d9776f" };

const TYPES = { epub: "application/epub+zip", cbz: "application/vnd.comicbook+zip" };

async function sourceOf(blob, format, pdfFolder) {
  if (format !== "pdf") return new File([blob], `book.${format}`, { type: TYPES[format] });
  const { pdfBook } = await import(`${pdfFolder}book.js`); // PDF.js is large: only for those who open a PDF
  return pdfBook(blob, pdfFolder);
}

/** A book on the screen. Events: "move", "key", "tap", "selection", "mark", each with what happened in `detail`. */
export class BookView extends EventTarget {
  #view = new View();
  #marks = new Map();
  #turning = Promise.resolve();
  #frameTitle;
  #indexes = new WeakMap(); // documents of fixed pages do not tell which they are
  #visible = null; // what is on the screen now, as a range

  constructor(host, { frameTitle }) {
    super();
    this.#frameTitle = frameTitle;
    host.append(this.#view);
    this.#view.addEventListener("load", ({ detail }) => this.#loaded(detail));
    this.#view.addEventListener("relocate", ({ detail }) => this.#moved(detail));
    this.#view.addEventListener("external-link", (event) => {
      event.preventDefault();
      this.#emit("outside", { href: event.detail.href });
    });
    this.#view.addEventListener("create-overlay", ({ detail }) => this.#redraw(detail.index));
    this.#view.addEventListener("draw-annotation", ({ detail }) =>
      detail.draw(Overlayer.highlight, { color: COLOURS[detail.annotation.colour] ?? COLOURS.gold }),
    );
    this.#view.addEventListener("show-annotation", ({ detail }) => this.#emit("mark", { cfi: detail.value }));
  }

  /** Opens the file (a Blob); resolves to its contents, nested: [{ label, href, subitems }]. */
  async open(blob, place, { format = "epub", pdfFolder = "", language = "" } = {}) {
    const source = await sourceOf(blob, format, pdfFolder);
    const book = source instanceof File ? await makeBook(source) : source;
    book.metadata = { ...book.metadata, language: book.metadata?.language || language }; // a PDF names none
    if (book.media) book.media.activeClass ||= "spoken-now"; // a book may name none
    await this.#view.open(book);
    this.#view.renderer.setAttribute("margin", "40px");
    this.#view.renderer.setAttribute("gap", "6%");
    await this.#view.init({ lastLocation: place, showTextStart: !place });
    return this.#view.book.toc ?? [];
  }

  /** Pages of the printed book, as the file names them: [{ label, href }]. */
  get pages() { return this.#view.book.pageList ?? []; }

  next() { return this.#turn(this.#view.next()); }
  previous() { return this.#turn(this.#view.prev()); }
  left() { return this.#turn(this.#view.goLeft()); }
  right() { return this.#turn(this.#view.goRight()); }
  async goTo(place) {
    await this.#turning;
    return this.#view.goTo(place);
  }
  async goToFraction(fraction) {
    await this.#turning;
    return this.#view.goToFraction(fraction);
  }
  close() { this.#view.close?.(); this.#view.remove(); }
  goBack() { return this.#view.history.back(); }

  /** foliate-js drops a jump that comes while a page is still turning; so jumps wait for the turn to end. */
  #turn(turned) {
    this.#turning = Promise.allSettled([this.#turning, turned]);
    return turned;
  }

  /** `css` for every chapter; `flow` is "paginated" or "scrolled". */
  dress({ css, flow, columns }) {
    const { renderer } = this.#view;
    if (!renderer) return;
    renderer.setAttribute("flow", flow);
    renderer.setAttribute("max-column-count", String(columns));
    renderer.setStyles?.(css);
  }

  /** Draws a highlight: { cfi, colour }. */
  mark(mark) {
    this.#marks.set(mark.cfi, mark);
    return this.#view.addAnnotation({ value: mark.cfi, colour: mark.colour });
  }

  unmark(cfi) {
    this.#marks.delete(cfi);
    return this.#view.deleteAnnotation({ value: cfi });
  }

  deselect() { this.#view.deselect(); }

  /** Places whose text is `words`, marks and case apart: yields { cfi, before, hit, after, chapter }. */
  async *find(words, limit = 200) {
    let found = 0;
    for (const [index, section] of this.#view.book.sections.entries()) {
      if (!section.createDocument) continue;
      const document = await section.createDocument();
      for (const { range, ...excerpt } of findIn(document, words)) {
        const chapter = this.#view.getProgressOf(index, range)?.tocItem?.label?.trim() ?? "";
        yield { cfi: this.#view.getCFI(index, range), chapter, ...excerpt };
        if (++found >= limit) return;
      }
    }
  }

  /** Whether the chapter on the screen has a recorded voice. */
  hasVoiceHere() { return Boolean(this.#view.mediaOverlay && this.#view.book.sections[this.#here().index]?.mediaOverlay); }

  /** The recorded voice, from the first words on the screen on. */
  narration() {
    const overlay = this.#view.mediaOverlay;
    return new Narration(overlay, () => {
      const { index, doc } = this.#here();
      const isAhead = ({ text }) => this.#isAhead(doc.getElementById(decodeURIComponent(text.split("#")[1] ?? "")));
      return overlay.start(index, isAhead);
    });
  }

  /** Sentences from the first on the screen to the end of the book: yields { text, lang, show(), hide() }. */
  async *sentences() {
    const { sections, metadata } = this.#view.book;
    const language = [metadata?.language].flat()[0] ?? "";
    for (let { index, doc } = this.#here(), first = true; ; first = false) {
      for (const sentence of sentencesOf(doc, language)) {
        if (first && sentence.range && !this.#isAhead(sentence.range)) continue;
        yield { ...sentence, ...this.#markOf(sentence.range, index) };
      }
      index += 1;
      while (index < sections.length && sections[index].linear === "no") index += 1;
      if (index >= sections.length) return;
      await this.goTo(index);
      ({ doc } = this.#here(index));
    }
  }

  /** The document on the screen; of several the one that is section `index`. */
  #here(index) {
    const shown = this.#view.renderer.getContents().map((one) => ({ ...one, index: one.index ?? this.#indexes.get(one.doc) }));
    const known = shown.filter((one) => one.index !== undefined);
    return known.find((one) => one.index === index) ?? known[0] ?? { index: 0, doc: document };
  }

  #isAhead(place) {
    if (!place || !this.#visible) return true;
    const [node, offset] = place instanceof Element ? [place, 0] : [place.startContainer, place.startOffset];
    try { return this.#visible.comparePoint(node, offset) >= 0; } catch { return true; }
  }

  /** The mark on a spoken sentence: drawn over the text, which stays as it is. */
  #markOf(range, index) {
    if (!range) return { show() {}, hide() {} };
    const { renderer } = this.#view;
    const overlayer = () => renderer.getContents().find((one) => one.index === index)?.overlayer;
    return {
      show: () => {
        overlayer()?.add("spoken", range, Overlayer.highlight, { color: COLOURS.gold });
        renderer.scrollToAnchor?.(range);
      },
      hide: () => overlayer()?.remove("spoken"),
    };
  }

  #redraw(index) {
    for (const mark of this.#marks.values()) {
      if (this.#view.resolveNavigation(mark.cfi)?.index === index) this.mark(mark);
    }
  }

  #moved({ cfi, fraction, tocItem, pageItem, location, range }) {
    this.#visible = range;
    this.#emit("move", { page: pageItem?.label?.trim() ?? "", cfi, fraction: fraction ?? 0, chapter: tocItem?.label?.trim() ?? "", href: tocItem?.href, location });
  }

  #loaded({ doc, index }) {
    this.#indexes.set(doc, index);
    const frame = doc.defaultView?.frameElement;
    if (frame) frame.title = this.#frameTitle;
    doc.addEventListener("keydown", (event) => this.#emit("key", { event }));
    doc.addEventListener("click", (event) => this.#tapped(event, doc, frame));
    doc.addEventListener("pointerup", () => setTimeout(() => this.#selected(doc, index), 10));
    doc.addEventListener("keyup", (event) => event.shiftKey && this.#selected(doc, index));
  }

  #tapped(event, doc, frame) {
    if (event.defaultPrevented || event.target.closest?.("a[href]") || !doc.getSelection()?.isCollapsed) return;
    const left = frame?.getBoundingClientRect().left ?? 0;
    this.#emit("tap", { x: left + event.clientX });
  }

  #selected(doc, index) {
    const selection = doc.getSelection();
    const text = selection?.toString().trim() ?? "";
    const cfi = text && selection.rangeCount ? this.#view.getCFI(index, selection.getRangeAt(0)) : "";
    this.#emit("selection", { cfi, text: text.slice(0, 2000) });
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
