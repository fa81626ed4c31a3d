// Bookmarks, highlights and notes of the open book: made from what is selected, drawn on the text, listed in a drawer.
import { keptItem, wire } from "./panels.js";

const $ = (id) => document.getElementById(id);
const percent = (fraction) => `${Math.round(fraction * 100)} %`;

/** `here()` tells where the reader is, `goTo(place, dialog)` leads there; returns what draws all marks and the bookmark. */
export function wireMarks({ view, store, book, here, goTo, say }) {
  const { words } = book;
  let selection = { cfi: "", text: "", more: [] };

  $("bookmark").addEventListener("click", () => {
    const { cfi, chapter, fraction, page } = here();
    const kept = store.item(cfi, "bookmark");
    if (kept) store.remove("bookmark", cfi);
    else store.put({ kind: "bookmark", cfi, chapter, percent: [page && words.page.replace("%(page)s", page), percent(fraction)].filter(Boolean).join(" · "), fraction });
    drawBookmark();
    say(kept ? words.removed : words.saved);
  });
  const drawBookmark = () => $("bookmark").setAttribute("aria-pressed", String(Boolean(store.item(here().cfi, "bookmark"))));

  view.addEventListener("selection", ({ detail }) => {
    selection = detail;
    $("selection").hidden = !detail.cfi;
    if (detail.cfi) say(""); // its tools stand in the same place
    if ($("look-up")) $("look-up").hidden = detail.text.length > 80;
  });
  $("selection").addEventListener("mousedown", (event) => event.preventDefault()); // a press on a tool keeps the words selected
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

  /** Words over two pages of a PDF are a highlight on each. */
  function highlight(colour) {
    const { chapter, fraction } = here();
    for (const { cfi, text } of [selection, ...selection.more]) store.put({ kind: "highlight", cfi, text, colour, chapter, fraction });
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
  $("note").addEventListener("click", (event) => { if (event.target === $("note") || event.target.closest("[data-close]")) $("note").close(); });

  const drawn = new Set();
  function drawMarks() {
    const wanted = new Map(store.items("highlight").map((item) => [item.cfi, item]));
    for (const cfi of drawn) if (!wanted.has(cfi)) { view.unmark(cfi); drawn.delete(cfi); }
    for (const [cfi, item] of wanted) { view.mark(item); drawn.add(cfi); }
  }
  store.addEventListener("change", drawMarks);

  const inOrder = () => store.items().sort((a, b) => (a.fraction ?? 0) - (b.fraction ?? 0));
  function drawKept() {
    const items = inOrder();
    $("kept-list").replaceChildren(...items.map((item) => keptItem(item, {
      choose: () => goTo(item.cfi, $("kept")),
      edit: item.kind === "highlight" && (() => { $("kept").close(); openNote(item.cfi); }),
      editLabel: `${words.note}: ${item.text || ""}`,
      remove: () => { store.remove(item.kind, item.cfi); drawKept(); },
      removeLabel: `${$("note-remove").textContent}: ${item.text || item.chapter || ""}`,
    })));
    $("kept-none").hidden = items.length > 0;
    $("kept-save").hidden = items.length === 0;
  }
  wire($("open-kept"), $("kept"), drawKept);

  // Notes as a file to keep: Markdown.
  $("kept-save").addEventListener("click", () => {
    const lines = inOrder().map((item) => [`## ${item.chapter || percent(item.fraction ?? 0)}`, item.text ? `> ${item.text.replace(/\n/g, "\n> ")}` : "", item.note].filter(Boolean).join("\n\n"));
    const file = new Blob([`# ${book.title}\n\n${lines.join("\n\n")}\n`], { type: "text/markdown" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `${book.key.split(":")[0]}.md` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  return { drawMarks, drawBookmark };
}
