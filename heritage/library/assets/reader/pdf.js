// A PDF on the screen, with the same face as `BookView`: PDF.js draws the pages that are in sight, and their text lies
// over them to be selected. The file is asked for part by part, so that a long one opens as fast as a short one.
import { AnnotationMode, getDocument, GlobalWorkerOptions, TouchManager } from "pdfjs-dist/legacy/build/pdf.mjs";
import { EventBus, LinkTarget, PDFLinkService, PDFViewer, ScrollMode, SpreadMode } from "pdfjs-dist/legacy/web/pdf_viewer.mjs";
import { findIn } from "./finding.js";
import { chaptersOf, flat } from "./pdf/contents.js";
import { PageMarks } from "./pdf/marks.js";
import { cfiOf, placeOf, selectedParts, textOf } from "./pdf/text.js";
import { sentencesOf } from "./sentences.js";

const PART_BYTES = 262_144;
const FIRST_PAGE_MS = 8000; // a tab in the background draws nothing: the reader is ready all the same
const [SMALLEST, LARGEST] = [0.25, 5];
const PRESETS = { "fit-page": "page-fit", "fit-width": "page-width" };
const SILENT = { pause() {}, resume() {}, async translate() {}, async get() { return ""; }, getLanguage: () => "", getDirection: () => "ltr" };

/** Events: "move", "tap", "selection", "mark", "zoom", each with what happened in `detail`. */
export class PdfView extends EventTarget {
  isSheet = true;
  canTurn = true;
  isVertical = false;
  pages = [];
  #pdf; #viewer; #container; #marks; #pageTitle; #chapters = []; #zoom = "fit-page"; #columns = "auto"; #isRtl = false;
  #pinched = 1; #asked = 0; #ending = new AbortController(); #selecting;

  constructor(host, { pageTitle }) {
    super();
    this.#pageTitle = pageTitle;
    this.#container = Object.assign(document.createElement("div"), { className: "pdf-pages", tabIndex: 0 });
    this.#container.append(Object.assign(document.createElement("div"), { className: "pdfViewer" }));
    host.append(this.#container);
    const bus = new EventBus();
    const links = new PDFLinkService({ eventBus: bus, externalLinkTarget: LinkTarget.BLANK, externalLinkRel: "noopener noreferrer nofollow", ignoreDestinationZoom: true });
    this.#viewer = new PDFViewer({
      container: this.#container, eventBus: bus, linkService: links, l10n: SILENT, removePageBorders: true,
      annotationMode: AnnotationMode.ENABLE, enableAutoLinking: false, abortSignal: this.#ending.signal,
    });
    links.setViewer(this.#viewer);
    this.links = links;
    this.#marks = new PageMarks((index) => this.#viewer.getPageView(index));
    bus.on("pagerender", ({ source }) => source.div.setAttribute("aria-label", this.#pageTitle(this.#labelOf(source.id))));
    for (const name of ["textlayerrendered", "pagerendered"]) bus.on(name, ({ pageNumber }) => this.#marks.draw(pageNumber - 1));
    bus.on("pagechanging", () => this.#moved());
    bus.on("scalechanging", () => this.#emit("zoom", { zoom: this.#zoom, percent: this.percent }));
    this.#listen();
  }

  /** Opens the file at an address, at a place (or the promise of one); resolves when its first page is drawn. */
  async open(url, place, { pdfFolder = "", language = "", direction = "" } = {}) {
    GlobalWorkerOptions.workerSrc = `${pdfFolder}worker.js`;
    this.#pdf = await getDocument({
      url, rangeChunkSize: PART_BYTES, disableStream: true, disableAutoFetch: true, // only what is looked at
      cMapUrl: `${pdfFolder}cmaps/`, cMapPacked: true, standardFontDataUrl: `${pdfFolder}standard_fonts/`,
      enableXfa: false, isEvalSupported: false, useWasm: false, wasmUrl: pdfFolder, stopAtErrors: false,
    }).promise;
    this.language = language;
    const [labels, wishes] = await Promise.all([this.#pdf.getPageLabels().catch(() => null), this.#pdf.getViewerPreferences().catch(() => null)]);
    this.#isRtl = direction ? direction === "rtl" : wishes?.Direction === "R2L"; // Hán-Nôm books are leafed from the right
    this.#container.firstChild.classList.toggle("pdf-rtl", this.#isRtl);
    if (labels?.some((label, index) => label && label !== String(index + 1))) {
      this.pages = labels.map((label, index) => ({ label: label || String(index + 1), href: `page=${index + 1}` }));
    }
    this.links.setDocument(this.#pdf);
    const begun = new Promise((done) => this.#viewer.eventBus.on("pagesinit", done, { once: true }));
    this.#viewer.setDocument(this.#pdf);
    await begun;
    this.#spread();
    this.#viewer.currentScaleValue = PRESETS[this.#zoom] ?? this.#zoom / 100;
    await this.goTo((await place) ?? { fraction: 0 });
    await Promise.race([this.#viewer.onePageRendered, new Promise((done) => setTimeout(done, FIRST_PAGE_MS))]);
  }

  /** Contents, nested: [{ label, href, subitems }]; later than the first page, for a long book has many. */
  async contents() {
    const rows = await chaptersOf(this.#pdf);
    this.#chapters = flat(rows);
    this.#moved();
    return rows;
  }

  get count() { return this.#pdf?.numPages ?? 0; }
  /** Of two pages beside each other the one that was asked for. */
  get number() {
    const { currentPageNumber } = this.#viewer;
    return this.#pair(currentPageNumber).includes(this.#asked) ? this.#asked : currentPageNumber;
  }
  get percent() { return Math.round(this.#viewer.currentScale * 100); }

  next() { return this.#step(1); }
  previous() { return this.#step(-1); }
  left() { return this.#turn(this.#isRtl ? 1 : -1); }
  right() { return this.#turn(this.#isRtl ? -1 : 1); }
  scroll(lines) { this.#container.scrollBy({ top: lines * 60 }); }
  close() {
    this.#ending.abort();
    this.#viewer.setDocument(null);
    this.#pdf?.loadingTask.destroy();
    this.#container.remove();
  }

  /** Goes to a CFI, `page=N`, or { fraction }; words that a CFI names are shown. */
  async goTo(place) {
    const { index, start, end } = typeof place?.fraction === "number"
      ? { index: Math.round(place.fraction * Math.max(0, this.count - 1)) }
      : placeOf(String(place));
    if (!(index >= 0)) return;
    this.#marks.forget("found");
    this.#asked = Math.min(this.count, index + 1);
    this.#viewer.currentPageNumber = this.#asked;
    this.#moved();
    if (end > start) this.#marks.show("found", { index, start, end }, { kind: "found", seek: true });
  }
  goToFraction(fraction) { return this.goTo({ fraction }); }

  /** By the page's label (as printed: "iv") or its number; false where there is none. */
  goToPage(text) {
    const wanted = text.trim().toLowerCase();
    const labelled = this.pages.findIndex(({ label }) => label.toLowerCase() === wanted) + 1;
    const number = labelled || (/^\d+$/.test(wanted) ? Number(wanted) : 0);
    if (!(number >= 1 && number <= this.count)) return false;
    this.goTo(`page=${number}`);
    return true;
  }

  // --- how it looks -------------------------------------------------------------------------------------------------
  /** `flow` is "paginated" or "scrolled"; `columns` "auto", "1" or "2" pages beside each other. */
  dress({ flow, columns }) {
    this.#columns = columns;
    this.#viewer.scrollMode = flow === "scrolled" ? ScrollMode.VERTICAL : ScrollMode.PAGE;
    this.#spread();
  }

  /** "fit-page", "fit-width", or percent. */
  zoom(zoom) {
    this.#zoom = zoom;
    const scale = PRESETS[zoom] ?? Math.min(LARGEST, Math.max(SMALLEST, zoom / 100));
    this.#viewer.currentScaleValue = scale;
    this.#emit("zoom", { zoom, percent: this.percent });
  }

  /** Quarters of a turn, clockwise. */
  turn(quarters) { this.#viewer.pagesRotation = quarters * 90; }
  get turned() { return this.#viewer.pagesRotation / 90; }

  #spread() {
    const { clientWidth, clientHeight } = this.#container;
    const two = this.#columns === "2" || (this.#columns === "auto" && clientWidth > clientHeight && this.#viewer.scrollMode === ScrollMode.PAGE);
    this.#viewer.spreadMode = two && this.count > 1 ? SpreadMode.EVEN : SpreadMode.NONE;
  }

  #resized() {
    if (!this.#pdf) return;
    this.#spread();
    if (this.#zoom in PRESETS) this.#viewer.currentScaleValue = PRESETS[this.#zoom];
  }

  #pinch(factor, origin, pan) {
    this.#pinched *= factor;
    const now = this.#viewer.currentScale;
    const wanted = Math.min(LARGEST, Math.max(SMALLEST, Math.round(now * this.#pinched * 100) / 100));
    if (Math.abs(wanted - now) < 0.01) return;
    this.#zoom = Math.round(wanted * 100);
    this.#viewer.updateScale({ scaleFactor: wanted / now, origin, pan, drawingDelay: 400 });
    this.#pinched = 1;
  }

  // --- marks --------------------------------------------------------------------------------------------------------
  /** Draws a highlight: { cfi, colour }. */
  mark({ cfi, colour }) { this.#marks.show(cfi, placeOf(cfi), { kind: "highlight", colour }); }
  unmark(cfi) { this.#marks.forget(cfi); }
  deselect() { getSelection().removeAllRanges(); }

  /** Places whose text is `words`, marks and case apart: yields { cfi, before, hit, after, chapter }, or { progress }. */
  async *find(words, { limit = 200, signal } = {}) {
    let found = 0;
    for (let index = 0; index < this.count && !signal?.aborted; index += 1) {
      const document = await textOf(this.#pdf, index, !this.#isDrawn(index));
      for (const { range, ...excerpt } of findIn(document, words)) {
        const chapter = [this.#chapterOf(index + 1)?.label, this.#pageTitle(this.#labelOf(index + 1))].filter(Boolean).join(" · ");
        yield { cfi: cfiOf({ index, start: range.startOffset, end: range.endOffset }), chapter, ...excerpt };
        if (++found >= limit) return;
      }
      if (index % 20 === 19) yield { progress: (index + 1) / this.count };
    }
  }

  hasVoiceHere() { return false; }

  /** Sentences from the page on the screen to the end: yields { text, lang, show(), hide() }. */
  async *sentences() {
    for (let index = this.number - 1; index < this.count; index += 1) {
      for (const { range, ...sentence } of sentencesOf(await textOf(this.#pdf, index), this.language)) {
        const place = { index, start: range.startOffset, end: range.endOffset };
        yield { ...sentence, show: () => this.#speak(place), hide: () => this.#marks.forget("spoken") };
      }
    }
  }

  #speak(place) {
    if (!this.#shown().includes(place.index + 1)) this.goTo(`page=${place.index + 1}`);
    this.#marks.show("spoken", place, { kind: "spoken", seek: this.#viewer.scrollMode === ScrollMode.VERTICAL });
  }

  // --- where it is --------------------------------------------------------------------------------------------------
  #step(direction) {
    const { scrollTop, scrollHeight, clientHeight } = this.#container;
    const rest = direction > 0 ? scrollHeight - clientHeight - scrollTop : scrollTop;
    if (this.#viewer.scrollMode === ScrollMode.VERTICAL || rest > 4) {
      this.#container.scrollBy({ top: direction * clientHeight * 0.9 });
    } else if (this.#turn(direction) && direction < 0) this.#container.scrollTop = this.#container.scrollHeight;
  }

  #turn(direction) {
    this.#marks.forget("found");
    this.#asked = 0;
    return direction > 0 ? this.#viewer.nextPage() : this.#viewer.previousPage();
  }

  /** Numbers of the pages beside each other now. */
  #shown() { return this.#pair(this.#viewer.currentPageNumber); }

  #pair(number) {
    if (this.#viewer.spreadMode === SpreadMode.NONE) return [number];
    return [number - (number % 2), number - (number % 2) + 1].filter((one) => one >= 1 && one <= this.count);
  }

  #moved() {
    if (!this.#pdf) return;
    const { number, count } = this;
    const chapter = this.#chapterOf(number);
    const last = this.#viewer.scrollMode === ScrollMode.PAGE ? this.#shown().at(-1) : number;
    this.#emit("move", {
      cfi: cfiOf({ index: number - 1 }), fraction: count > 1 ? (last - 1) / (count - 1) : 1, number, count,
      chapter: chapter?.label ?? "", href: chapter?.href, page: `${this.#labelOf(number)} / ${count}`,
    });
  }

  #labelOf(number) { return this.pages[number - 1]?.label ?? String(number); }
  #chapterOf(number) { return this.#chapters.findLast(({ page }) => page <= number); }
  #isDrawn(index) { return this.#viewer.getCachedPageViews().has(this.#viewer.getPageView(index)); }

  #listen() {
    const { signal } = this.#ending;
    const container = this.#container;
    new ResizeObserver(() => this.#resized()).observe(container);
    document.addEventListener("selectionchange", () => {
      clearTimeout(this.#selecting);
      this.#selecting = setTimeout(() => this.#selected(), 250);
    }, { signal });
    container.addEventListener("pointerup", () => setTimeout(() => this.#selected(), 10), { signal });
    container.addEventListener("click", (event) => this.#tapped(event), { signal });
    container.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault(); // two fingers on a touchpad come as this
      this.#pinch(Math.exp(-Math.max(-50, Math.min(50, event.deltaY)) / 100), [event.clientX, event.clientY]);
    }, { signal, passive: false });
    new TouchManager({
      container, signal,
      onPinching: (origin, before, now, dx = 0, dy = 0) => this.#pinch(now / before, origin, [dx, dy]),
      onPanning: (dx, dy) => container.scrollBy(-dx, -dy),
    });
  }

  #selected() {
    const selection = getSelection();
    const isOurs = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0).intersectsNode(this.#container);
    if (!isOurs && document.activeElement?.closest("#selection, dialog")) return;
    const drawn = [...this.#viewer.getCachedPageViews()].map(({ id, textLayer }) => ({ index: id - 1, div: textLayer?.div }))
      .filter(({ div }) => div?.isConnected).sort((one, other) => one.index - other.index);
    const parts = isOurs ? selectedParts(selection.getRangeAt(0), drawn) : [];
    const [first, ...more] = parts.map(({ text, ...place }) => ({ cfi: cfiOf(place), text: text.slice(0, 2000) }));
    this.#emit("selection", { cfi: first?.cfi ?? "", text: first?.text ?? "", more });
  }

  #tapped(event) {
    if (event.defaultPrevented || event.target.closest("a[href]") || !getSelection().isCollapsed) return;
    const cfi = this.#marks.at(event.clientX, event.clientY);
    if (cfi) this.#emit("mark", { cfi });
    else this.#emit("tap", { x: event.clientX });
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })); }
}
