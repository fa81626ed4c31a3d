// The reader's page: the book in the middle, tools around it, everything by keyboard too.
import { BookView } from "./reader/engine.js";
import { Store } from "./reader/store.js";
import { end, offerToKeep } from "./offline/button.js";
import * as appearance from "./reader/appearance.js";
import { fontFaces, fontFiles } from "./reader/fonts.js";
import { wireAloud } from "./reader/aloud.js";
import { offerOtherForm } from "./reader/carried.js";
import { drawContents, foundItem, keptItem, markCurrent, wire } from "./reader/panels.js";

const $ = (id) => document.getElementById(id);
const book = JSON.parse($("book-data").textContent);
const { words } = book;
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const store = new Store(book.key, { url: book.sync, token });
const view = new BookView($("book"), { frameTitle: words.frame });
let look = appearance.load();
let here = { cfi: null, fraction: 0, chapter: "" };
let selection = { cfi: "", text: "" };

let saying;
const say = (text, milliseconds = 6000) => {
  $("status").textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => { $("status").textContent = ""; }, milliseconds);
};
const percent = (fraction) => `${Math.round(fraction * 100)} %`;

function dress() {
  document.documentElement.dataset.reader = appearance.themeOf(look);
  view.dress({ css: appearance.cssOf(look, fontFaces()), flow: look.flow, columns: 2 });
}

view.addEventListener("move", ({ detail }) => {
  here = detail;
  store.keepPlace(detail.cfi, detail.fraction, detail.chapter);
  $("progress").value = String(Math.round(detail.fraction * 1000));
  $("progress").setAttribute("aria-valuetext", words.where.replace("%(percent)s", Math.round(detail.fraction * 100)).replace("%%", "%"));
  $("where").textContent = [detail.chapter, detail.page && words.page.replace("%(page)s", detail.page), percent(detail.fraction)].filter(Boolean).join(" · ");
  markCurrent($("contents-list"), detail.href);
  $("bookmark").setAttribute("aria-pressed", String(Boolean(store.item(detail.cfi, "bookmark"))));
});

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
};

function pressed(event) {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest?.("input, textarea, select, dialog")) return;
  const onButton = event.target.closest?.("button, a");
  const action = event.key === " " && !onButton ? () => (event.shiftKey ? view.previous() : view.next()) : KEYS[event.key];
  if (!action || (event.shiftKey && event.key !== " ")) return;
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
view.addEventListener("outside", ({ detail }) => {
  if (/^https?:/.test(detail.href)) open(detail.href, "_blank", "noopener,noreferrer");
});

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
$("search-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const asked = $("search-words").value;
  const list = $("search-list");
  list.replaceChildren();
  let count = 0;
  for await (const found of view.find(asked)) {
    if ($("search-words").value !== asked) return;
    list.append(foundItem(found, () => goTo(found.cfi, $("search"))));
    count += 1;
  }
  $("search-count").textContent = count ? words.found.replace("%(count)s", count) : words.none;
});

// --- bookmarks, highlights ----------------------------------------------------------------------------------------
$("bookmark").addEventListener("click", () => {
  const kept = store.item(here.cfi, "bookmark");
  if (kept) store.remove("bookmark", here.cfi);
  else store.put({ kind: "bookmark", cfi: here.cfi, chapter: here.chapter, percent: percent(here.fraction), fraction: here.fraction });
  $("bookmark").setAttribute("aria-pressed", String(!kept));
  say(kept ? words.removed : words.saved);
});
view.addEventListener("selection", ({ detail }) => {
  selection = detail;
  $("selection").hidden = !detail.cfi;
  if (detail.cfi) say(""); // its tools stand in the same place
  if ($("look-up")) $("look-up").hidden = detail.text.length > 80;
});
// Only on the reader's wish, and in a tab of its own that knows nothing of this one.
$("look-up")?.addEventListener("click", () =>
  open(book.dictionary.replaceAll("{word}", encodeURIComponent(selection.text.replace(/\s+/gu, " "))), "_blank", "noopener,noreferrer"));
for (const button of $("selection").querySelectorAll("[data-colour]")) {
  button.addEventListener("click", () => highlight(button.dataset.colour));
}
$("selection-note").addEventListener("click", () => {
  const { cfi } = selection;
  highlight("gold");
  openNote(cfi);
});

function highlight(colour) {
  store.put({ kind: "highlight", cfi: selection.cfi, text: selection.text, colour, chapter: here.chapter, fraction: here.fraction });
  view.deselect();
  $("selection").hidden = true;
}

function openNote(cfi) {
  const item = store.item(cfi, "highlight");
  if (!item) return;
  $("note-quote").textContent = item.text;
  $("note-text").value = item.note ?? "";
  $("note").dataset.cfi = cfi;
  $("note").showModal();
}
view.addEventListener("mark", ({ detail }) => openNote(detail.cfi));
$("note-form").addEventListener("submit", () => {
  const item = store.item($("note").dataset.cfi, "highlight");
  if (item) store.put({ ...item, note: $("note-text").value.slice(0, 5000) });
});
$("note-remove").addEventListener("click", () => {
  store.remove("highlight", $("note").dataset.cfi);
  $("note").close();
});
wire($("open-kept"), $("kept"), drawKept);
$("note").addEventListener("click", (event) => { if (event.target === $("note") || event.target.closest("[data-close]")) $("note").close(); });

const drawn = new Set();
function drawMarks() {
  const wanted = new Map(store.items("highlight").map((item) => [item.cfi, item]));
  for (const cfi of drawn) if (!wanted.has(cfi)) { view.unmark(cfi); drawn.delete(cfi); }
  for (const [cfi, item] of wanted) { view.mark(item); drawn.add(cfi); }
}

function drawKept() {
  const items = store.items().sort((a, b) => (a.fraction ?? 0) - (b.fraction ?? 0));
  $("kept-list").replaceChildren(...items.map((item) => keptItem(item, {
    choose: () => goTo(item.cfi, $("kept")),
    remove: () => { store.remove(item.kind, item.cfi); drawKept(); },
    removeLabel: `${$("note-remove").textContent}: ${item.text || item.chapter || ""}`,
  })));
  $("kept-none").hidden = items.length > 0;
  $("kept-save").hidden = items.length === 0;
}
store.addEventListener("change", drawMarks);

// Notes as a file to keep: Markdown.
$("kept-save").addEventListener("click", () => {
  const items = store.items().sort((a, b) => (a.fraction ?? 0) - (b.fraction ?? 0));
  const lines = items.map((item) => [`## ${item.chapter || percent(item.fraction ?? 0)}`, item.text ? `> ${item.text.replace(/\n/g, "\n> ")}` : "", item.note].filter(Boolean).join("\n\n"));
  const file = new Blob([`# ${book.title}\n\n${lines.join("\n\n")}\n`], { type: "text/markdown" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `${book.key.split(":")[0]}.md` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});

// --- appearance ---------------------------------------------------------------------------------------------------
wire($("open-look"), $("look"));
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
  document.documentElement.dataset.reader = appearance.themeOf(look);
  await store.sync();
  const asked = decodeURIComponent(location.hash.slice(1));
  const before = store.stopped;
  // a reading program may have told no more than how far it is
  const place = store.place || (before?.fraction ? { fraction: before.fraction } : null);
  const answer = await fetch(book.url);
  if (!answer.ok) throw new Error(answer.status === 401 || answer.status === 403 ? words.refused : words.failed);
  const contents = await view.open(await answer.blob(), place, { format: book.format, pdfFolder: book.pdf, language: book.language });
  $("page-form").hidden = !view.pages.length;
  $("pages").replaceChildren(...view.pages.map(({ label }) => new Option("", label?.trim() ?? "")));
  drawContents($("contents-list"), contents, (href) => goTo(href, $("contents")));
  dress();
  drawMarks();
  if (asked) await view.goTo(asked);
  $("loading").hidden = true;
  document.body.classList.add("reader-ready");
  if (place && here.fraction > 0 && !asked) say(before?.device ? words.kept_from.replace("%(device)s", before.device) : words.kept);
  offerOtherForm($("carried"), book, before ?? { at: 0, chapter: here.chapter }, ({ href }) => view.goTo(href));
}
start().catch((error) => {
  $("loading").hidden = true;
  $("failed").hidden = false;
  $("failed").textContent = error instanceof TypeError || !error.message ? words.failed : error.message;
});
