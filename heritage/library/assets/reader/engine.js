// The one file that knows foliate-js: everything else speaks to `BookView`.
// foliate-js draws each chapter in a frame of a blob: document; the page's policy (an HTTP header) keeps a book's
// scripts from running there and the book from reaching any host.
import { View, makeBook } from "foliate-js/view.js";
import { Overlayer } from "foliate-js/overlayer.js";
import { findIn, withinText } from "./finding.js";
import { isNoteSign, nameNoteSigns, noteOf } from "./footnotes.js";
import { Narration } from "./narration.js";
import { sentencesOf } from "./sentences.js";
import { pinching, Turning } from "./turning.js";

const COLOURS = { gold: "#e0b33c", jade: "#5fb59b", red: "#d9776f" };

const TYPES = { epub: "application/epub+zip", cbz: "application/vnd.comicbook+zip" };

const MOST_WAITING = 3;
const READABLE = 720; // pixels: a wider line is hard to follow
const [SMALLEST, LARGEST] = [10, 500]; // percent
const LINE = 60; // pixels

/** A book on the screen. Events: "move", "key", "tap", "selection", "mark", "note", each with what happened in `detail`. */
export class BookView extends EventTarget {
  #view = new View();
  #marks = new Map();
  #turning = Promise.resolve();
  #waiting = 0;
  #frameTitle; #pageTitle; #isPictures = false;
  #indexes = new WeakMap(); // documents of fixed pages do not tell which they are
  #visible = null; // what is on the screen now, as a range
  #layout = { flow: "paginated", columns: "auto" };
  #section = { current: 0, total: 0 };
  #turned = null; // of fixed pages: their zoom and turns
  isVertical = false;

  constructor(host, { frameTitle, pageTitle }) {
    super();
    [this.#frameTitle, this.#pageTitle] = [frameTitle, pageTitle];
    host.append(this.#view);
    this.#view.addEventListener("load", ({ detail }) => this.#loaded(detail));
    this.#view.addEventListener("relocate", ({ detail }) => this.#moved(detail));
    this.#view.addEventListener("external-link", (event) => {
      event.preventDefault();
      this.#emit("outside", { href: event.detail.href });
    });
    this.#view.addEventListener("link", (event) => this.#followed(event));
    this.#view.addEventListener("create-overlay", ({ detail }) => this.#redraw(detail.index));
    this.#view.addEventListener("draw-annotation", ({ detail }) =>
      detail.draw(Overlayer.highlight, { color: COLOURS[detail.annotation.colour] ?? COLOURS.gold }),
    );
    this.#view.addEventListener("show-annotation", ({ detail }) => this.#emit("mark", { cfi: detail.value }));
  }

  /** Opens the file at an address, at a place (or the promise of one); resolves when its text stands. */
  async open(url, place, { format = "epub", language = "", direction = "" } = {}) {
    this.#isPictures = format === "cbz";
    const answer = await fetch(url);
    if (!answer.ok) throw Object.assign(new Error("not opened"), { status: answer.status });
    const book = await makeBook(new File([await answer.blob()], `book.${format}`, { type: TYPES[format] }));
    book.metadata = { ...book.metadata, language: book.metadata?.language || language }; // pictures name none
    if (this.#isPictures && direction) book.dir = direction;
    if (book.media) book.media.activeClass ||= "spoken-now"; // a book may name none
    this.#spread(book);
    await this.#view.open(book);
    this.#view.renderer.setAttribute("margin", "40px");
    this.#view.renderer.setAttribute("gap", "6%");
    this.#lay();
    this.#view.renderer.setStyles?.(this.#layout.css ?? "");
    if (this.isSheet) this.#turned = new Turning(this.#view.renderer, this.#view);
    const last = await place;
    await this.#view.init({ lastLocation: last, showTextStart: !last });
  }

  /** Nested: [{ label, href, subitems }]. */
  async contents() {
    const rows = this.#view.book.toc ?? [];
    return this.#isPictures ? rows.map(({ href }, index) => ({ href, label: this.#pageTitle(index + 1) })) : rows;
  }

  /** Whether the book is of fixed pages, which are zoomed instead of set anew. */
  get isSheet() { return this.#view.isFixedLayout; }
  get count() { return this.#section.total; }
  get number() { return this.#section.current + 1; }

  get canTurn() { return this.isSheet; }
  get percent() { return this.#turned?.percent ?? 100; }

  /** "fit-page", "fit-width", or percent. */
  zoom(zoom) {
    this.#turned.zoom(zoom);
    this.#emit("zoom", { zoom, percent: this.percent });
  }

  /** Quarters of a turn, clockwise. */
  turn(quarters) {
    this.#turned.turn(quarters);
    this.#emit("zoom", { zoom: this.#turned.zoomed, percent: this.percent });
  }
  scroll(lines) { this.#turned?.scroll(lines * LINE); }

  /** By its number; false where there is none. */
  goToPage(text) {
    const number = /^\d+$/.test(text.trim()) ? Number(text) : 0;
    if (!(number >= 1 && number <= this.count)) return false;
    this.goTo(number - 1);
    return true;
  }

  /** Pages of the printed book, as the file names them: [{ label, href }]. */
  get pages() { return this.#view.book.pageList ?? []; }

  next() { return this.#turn(() => this.#view.next()); }
  previous() { return this.#turn(() => this.#view.prev()); }
  left() { return this.#turn(() => this.#view.goLeft()); }
  right() { return this.#turn(() => this.#view.goRight()); }
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

  /**
   * foliate-js drops a turn or a jump that comes while a page is still turning; so they wait for each other. A key held
   * down shall not leaf on after it is let go: no more than a few wait.
   */
  #turn(act) {
    if (this.#waiting >= MOST_WAITING) return this.#turning;
    this.#waiting += 1;
    this.#turning = this.#turning.then(act).catch(() => {}).finally(() => { this.#waiting -= 1; });
    return this.#turning;
  }

  /** `css` for every chapter; `flow` is "paginated" or "scrolled"; `columns` "auto", "1" or "2". */
  dress({ css, flow, columns }) {
    const isOther = columns !== this.#layout.columns;
    this.#layout = { css, flow, columns };
    this.#lay();
    this.#view.renderer?.setStyles?.(css);
    if (this.#view.renderer && this.isSheet && isOther) this.#pair();
  }

  /** Fixed pages one by one or in pairs: foliate-js pairs them when a book is opened, so it is opened to it anew. */
  async #pair() {
    const { renderer, book } = this.#view;
    const { current } = this.#section;
    this.#spread(book);
    renderer.open(book);
    const { index } = renderer.getSpreadOf(book.sections[current]);
    await renderer.goToSpread(index ? index - 1 : 1); // another place first, for it draws none twice
    await this.goTo(current);
  }

  #spread(book) {
    book.ownSpread ??= book.rendition?.spread ?? "auto";
    book.rendition = { ...book.rendition, spread: { 1: "none", 2: "both" }[this.#layout.columns] ?? book.ownSpread };
  }

  /**
   * Two columns stand where the screen is wider than tall. Vertical text has bands instead, one above the other and the
   * upper one read first: two where the screen is taller than wide, for side by side they would tear a line's order.
   */
  #lay() {
    const { renderer } = this.#view;
    if (!renderer) return;
    const { flow, columns } = this.#layout;
    const room = this.isVertical ? renderer.clientHeight : renderer.clientWidth;
    const wanted = {
      flow,
      "max-column-count": columns === "1" ? "1" : "2",
      "max-inline-size": `${columns === "2" && flow !== "scrolled" ? Math.min(READABLE, Math.floor(room / 2)) : READABLE}px`,
    };
    for (const [name, value] of Object.entries(wanted)) if (renderer.getAttribute(name) !== value) renderer.setAttribute(name, value);
  }

  /** Draws a highlight: { cfi, colour }; before the book is open it is only noted, and drawn with its chapter. */
  mark(mark) {
    this.#marks.set(mark.cfi, mark);
    if (!this.#view.book) return undefined;
    return this.#view.addAnnotation({ value: mark.cfi, colour: mark.colour });
  }

  unmark(cfi) {
    this.#marks.delete(cfi);
    return this.#view.book && this.#view.deleteAnnotation({ value: cfi });
  }

  deselect() { this.#view.deselect(); }

  /** Places whose text is `words`, marks and case apart: yields { cfi, before, hit, after, chapter }. */
  async *find(words, { limit = 200, signal } = {}) {
    let found = 0;
    for (const [index, section] of this.#view.book.sections.entries()) {
      if (signal?.aborted) return;
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
    const { book } = this.#view;
    let marked, wanted; // the sound may have gone on, or stopped, while a page was turned
    return new Narration(book, {
      from: () => {
        const { index, doc } = this.#here();
        return { index, isAhead: (text) => book.resolveHref(text)?.index === index && this.#isAhead(book.resolveHref(text).anchor(doc)) };
      },
      show: async (text) => {
        wanted = text;
        const place = book.resolveHref(text);
        if (!place) return;
        await this.#turning;
        await this.#view.renderer.goTo(place);
        if (wanted !== text) return;
        marked?.classList?.remove(book.media.activeClass);
        marked = place.anchor(this.#here(place.index).doc);
        marked?.classList?.add(book.media.activeClass);
      },
      hide: () => {
        wanted = null;
        marked?.classList?.remove(book.media.activeClass);
      },
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
    const { doc } = this.#here(index);
    const isVertical = doc.defaultView?.getComputedStyle(doc.body).writingMode.startsWith("vertical") ?? false;
    if (isVertical !== this.isVertical) {
      this.isVertical = isVertical;
      this.#lay();
    }
    for (const mark of this.#marks.values()) {
      if (this.#view.resolveNavigation(mark.cfi)?.index === index) this.mark(mark);
    }
  }

  /** A sign of a footnote brings its words here; where they cannot be told from the text, the reader goes there. */
  async #followed(event) {
    const { a, href } = event.detail;
    if (!isNoteSign(a)) return;
    event.preventDefault();
    const { book } = this.#view;
    const { index, anchor } = book.resolveHref(href) ?? {};
    const chapter = await book.sections[index]?.createDocument?.();
    const note = chapter && noteOf(anchor(chapter), a, (link) => book.sections[index].resolveHref(link));
    if (note) this.#emit("note", { ...note, href, sign: a });
    else this.goTo(href);
  }

  #moved({ cfi, fraction, tocItem, pageItem, range, section }) {
    this.#visible = range;
    this.#section = section ?? this.#section;
    if (this.#turned?.isSideways) this.#turned.lay(); // the next page may be of another size
    const number = this.isSheet && this.count ? `${this.number} / ${this.count}` : "";
    this.#emit("move", {
      cfi, fraction: fraction ?? 0, page: pageItem?.label?.trim() || number, number: this.number, count: this.count,
      chapter: this.#isPictures ? "" : tocItem?.label?.trim() ?? "", href: tocItem?.href,
    });
  }

  #loaded({ doc, index }) {
    this.#indexes.set(doc, index);
    const frame = doc.defaultView?.frameElement;
    if (frame) frame.title = this.#frameTitle;
    nameNoteSigns(doc);
    doc.addEventListener("keydown", (event) => this.#emit("key", { event }));
    doc.addEventListener("click", (event) => this.#tapped(event, doc, frame));
    doc.addEventListener("pointerup", () => setTimeout(() => this.#selected(doc, index), 10));
    doc.addEventListener("wheel", (event) => this.#wheeled(event), { passive: false });
    if (this.isSheet) pinching(doc, (factor) => this.zoom(Math.round(Math.min(LARGEST, Math.max(SMALLEST, this.percent * factor)))));
    let changed; // words chosen by a finger's handles or by the keyboard end with no pointer
    doc.addEventListener("selectionchange", () => {
      clearTimeout(changed);
      changed = setTimeout(() => doc.defaultView && this.#selected(doc, index), 250);
    });
  }

  /** A band of vertical text scrolls sideways, and most wheels know only up and down. */
  #wheeled(event) {
    if (!this.isVertical || this.#layout.flow !== "scrolled" || event.ctrlKey || event.deltaX) return;
    event.preventDefault();
    this.#view.renderer.containerPosition -= event.deltaY;
  }

  #tapped(event, doc, frame) {
    if (event.defaultPrevented || event.target.closest?.("a[href]") || !doc.getSelection()?.isCollapsed) return;
    const left = frame?.getBoundingClientRect().left ?? 0;
    this.#emit("tap", { x: left + event.clientX });
  }

  #selected(doc, index) {
    const selection = doc.getSelection();
    const text = selection?.toString().trim() ?? "";
    const cfi = text && selection.rangeCount ? this.#view.getCFI(index, withinText(selection.getRangeAt(0))) : "";
    this.#emit("selection", { cfi, text: text.slice(0, 2000), more: [] });
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
