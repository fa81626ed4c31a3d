// The reader's page: the book in the middle, tools around it, everything by keyboard too.
import { BookView } from "./reader/engine.js";
import { wireMarks } from "./reader/marks.js";
import { wireSheet } from "./reader/sheet.js";
import { Store } from "./reader/store.js";
import { end, offerToKeep } from "./offline/button.js";
import * as appearance from "./reader/appearance.js";
import { fontFaces, fontFiles } from "./reader/fonts.js";
import { wireAloud } from "./reader/aloud.js";
import { offerOtherForm } from "./reader/carried.js";
import { wireFootnotes } from "./reader/footnote_box.js";
import { drawContents, foundItem, markCurrent, wire } from "./reader/panels.js";

const $ = (id) => document.getElementById(id);
const book = JSON.parse($("book-data").textContent);
const { words } = book;
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const store = new Store(book.key, { url: book.sync, token });
const failed = (error) => {
  $("loading").hidden = true;
  $("failed").hidden = false;
  $("failed").textContent = [401, 403].includes(error?.status) ? words.refused : words.failed;
  throw error;
};
const view = await viewOf(book).catch(failed);
let look = appearance.load();
let here = { cfi: null, fraction: 0, chapter: "" };

/** PDF.js is large: only for those who open a PDF. */
async function viewOf({ format, pdf }) {
  const titles = { frameTitle: words.frame, pageTitle: (page) => words.page.replace("%(page)s", page) };
  if (format !== "pdf") return new BookView($("book"), titles);
  const { PdfView } = await import(`${pdf}book.js`);
  return new PdfView($("book"), titles);
}

let saying;
const say = (text, milliseconds = 6000) => {
  $("status").textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => { $("status").textContent = ""; }, milliseconds);
};
const percent = (fraction) => `${Math.round(fraction * 100)} %`;

function dress() {
  document.documentElement.dataset.reader = appearance.themeOf(look);
  view.dress({ css: appearance.cssOf(look, fontFaces()), flow: look.flow, columns: look.columns });
}

view.addEventListener("move", ({ detail }) => {
  here = detail;
  store.keepPlace(detail.cfi, detail.fraction, detail.chapter);
  $("progress").value = String(Math.round(detail.fraction * 1000));
  $("progress").setAttribute("aria-valuetext", words.where.replace("%(percent)s", Math.round(detail.fraction * 100)).replace("%%", "%"));
  $("where").textContent = [detail.chapter, detail.page && words.page.replace("%(page)s", detail.page), percent(detail.fraction)].filter(Boolean).join(" · ");
  markCurrent($("contents-list"), detail.href);
  marks.drawBookmark();
});
const sheet = wireSheet(view, book, { say });

const aloud = wireAloud(view, words, (text) => say(text, 12_000));

const KEYS = {
  ArrowLeft: () => view.left(),
  ArrowRight: () => view.right(),
  PageUp: () => view.previous(),
  PageDown: () => view.next(),
  Home: () => view.goToFraction(0),
  End: () => view.goToFraction(0.9999),
  b: () => $("bookmark").click(),
  c: () => $("open-contents").click(),
  "/": () => $("open-search").click(),
  r: () => aloud.toggle(),
  "[": () => aloud.shift(-50),
  "]": () => aloud.shift(50),
};
const keys = () => (view.isSheet ? { ...KEYS, ...sheet.keys } : KEYS);

function pressed(event) {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest?.("input, textarea, select, dialog")) return;
  const onButton = event.target.closest?.("button, a");
  const action = event.key === " " && !onButton ? () => (event.shiftKey ? view.previous() : view.next()) : keys()[event.key];
  if (!action || (event.shiftKey && !" +".includes(event.key))) return;
  event.preventDefault();
  action();
}
addEventListener("keydown", pressed);
view.addEventListener("key", ({ detail }) => pressed(detail.event));
view.addEventListener("tap", ({ detail: { x } }) => {
  if (look.flow === "scrolled") return;
  if (x < innerWidth * 0.25) view.left();
  else if (x > innerWidth * 0.75) view.right();
  else document.body.classList.toggle("reader-bare");
});
const outside = (href) => { if (/^https?:/.test(href)) open(href, "_blank", "noopener,noreferrer"); };
view.addEventListener("outside", ({ detail }) => outside(detail.href));

$("previous").addEventListener("click", () => view.previous());
$("next").addEventListener("click", () => view.next());
$("progress").addEventListener("change", (event) => view.goToFraction(Math.min(0.9999, event.target.value / 1000)));

// --- contents, search ---------------------------------------------------------------------------------------------
const goTo = (place, dialog) => {
  dialog.close();
  view.goTo(place);
};
wire($("open-contents"), $("contents"), () => $("contents-list").querySelector("[aria-current]")?.scrollIntoView({ block: "center" }));
$("page-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = $("page-number").value.trim().toLowerCase();
  const page = view.pages.find(({ label }) => label?.trim().toLowerCase() === asked);
  $("page-unknown").hidden = Boolean(page);
  if (page) goTo(page.href, $("contents"));
});
wire($("open-search"), $("search"), () => $("search-words").focus());
let searching = new AbortController();
$("search-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  searching.abort(); // a long book is still being read for the words asked before
  const { signal } = (searching = new AbortController());
  const list = $("search-list");
  list.replaceChildren();
  $("search-count").textContent = "";
  let count = 0;
  for await (const found of view.find($("search-words").value, { signal })) {
    if (signal.aborted) return;
    if (found.progress) $("search-count").textContent = words.searching.replace("%(percent)s", Math.round(found.progress * 100)).replace("%%", "%");
    else list.append(foundItem(found, () => goTo(found.cfi, $("search"))));
    count += found.progress ? 0 : 1;
  }
  if (!signal.aborted) $("search-count").textContent = count ? words.found.replace("%(count)s", count) : words.none;
});

// --- bookmarks, highlights ----------------------------------------------------------------------------------------
const marks = wireMarks({ view, store, book, here: () => here, goTo, say });

wireFootnotes({ view, words, outside });

// --- appearance ---------------------------------------------------------------------------------------------------
wire($("open-look"), $("look"), () => { $("columns-vertical").hidden = !view.isVertical; });
for (const field of $("look").querySelectorAll("[name]")) {
  if (field.type === "radio") field.checked = String(look[field.name]) === field.value;
  else field.value = look[field.name];
  field.addEventListener("input", () => {
    look = { ...look, [field.name]: field.type === "range" ? Number(field.value) : field.value };
    appearance.save(look);
    dress();
  });
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);

// --- kept on the device ---------------------------------------------------------------------------------------------
function close() {
  view.close();
  $("failed").hidden = false;
  $("failed").textContent = words.over;
  document.body.classList.remove("reader-ready", "reader-bare");
}
store.addEventListener("over", async () => { await end(book.key); close(); });
offerToKeep($("keep"), book, [book.url, ...(book.more ?? []), ...fontFiles()], { say, closed: close });

// --- open ---------------------------------------------------------------------------------------------------------
async function start() {
  dress();
  const asked = decodeURIComponent(location.hash.slice(1));
  const stopped = store.settle(); // while the book is on its way
  // a reading program may have told no more than how far it is
  const known = stopped.then((before) => before?.cfi || (before?.fraction ? { fraction: before.fraction } : null));
  await view.open(book.url, known, { format: book.format, pdfFolder: book.pdf, language: book.language, direction: book.direction });
  $("page-form").hidden = !view.pages.length;
  $("pages").replaceChildren(...view.pages.map(({ label }) => new Option("", label?.trim() ?? "")));
  if (sheet.begin()) $("page-form").hidden = true; // the bar asks for the page
  marks.drawMarks();
  if (asked) await view.goTo(asked);
  $("loading").hidden = true;
  document.body.classList.add("reader-ready");
  drawContents($("contents-list"), await view.contents(), (href) => goTo(href, $("contents")));
  markCurrent($("contents-list"), here.href);
  const [before, place] = await Promise.all([stopped, known]);
  if (place && here.fraction > 0 && !asked) say(before?.device ? words.kept_from.replace("%(device)s", before.device) : words.kept);
  offerOtherForm($("carried"), book, before ?? { at: 0, chapter: here.chapter }, ({ href }) => view.goTo(href));
}
start().catch(failed);
