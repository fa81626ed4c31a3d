// Bookmarks of an audiobook with notes, by chapter. They lie in the same store as those of e-books: kept on the device,
// merged with the account.
import { chapterAt, clock } from "./timeline.js";

const secondsOf = (mark) => Number(mark.cfi.slice(2)) || 0;

export function wireMarks({ book, store, now, seek, say }) {
  const $ = (id) => document.getElementById(id);
  const marks = () => store.items("bookmark").filter((mark) => mark.cfi.startsWith("t=")).sort((a, b) => secondsOf(a) - secondsOf(b));

  $("bookmark").addEventListener("click", () => {
    const at = Math.round(now() * 10) / 10;
    const chapter = book.chapters[chapterAt(book.chapters, at)]?.title ?? "";
    store.put({ kind: "bookmark", cfi: `t=${at}`, chapter, fraction: at / (book.duration || 1) });
    $("marks-part").open = true;
    say(book.words.saved);
    $("marks-list").querySelector(`[data-mark="t=${at}"] textarea`)?.focus();
  });

  function draw() {
    const list = marks();
    $("marks-count").textContent = list.length ? `(${list.length})` : "";
    $("marks-none").hidden = list.length > 0;
    if ($("marks-list").contains(document.activeElement) && document.activeElement.matches("textarea") && sameSet(list)) return;
    const byChapter = Map.groupBy ? Map.groupBy(list, (mark) => mark.chapter) : group(list);
    $("marks-list").replaceChildren(...[...byChapter].flatMap(([chapter, inside]) => [heading(chapter), rows(inside)]));
  }

  const sameSet = (list) => list.map((mark) => mark.cfi).join() === [...$("marks-list").querySelectorAll("[data-mark]")].map((row) => row.dataset.mark).join();

  function heading(chapter) {
    return Object.assign(document.createElement("h3"), { className: "marks__chapter", textContent: chapter });
  }

  function rows(inside) {
    const list = Object.assign(document.createElement("ul"), { className: "marks plain-list" });
    list.append(...inside.map(row));
    return list;
  }

  function row(mark) {
    const line = document.createElement("li");
    line.dataset.mark = mark.cfi;
    const time = clock(secondsOf(mark));
    const go = button(time, () => seek(secondsOf(mark), true));
    go.setAttribute("aria-label", book.words.go_to.replace("%(time)s", time));
    const note = Object.assign(document.createElement("textarea"), { value: mark.note ?? "", rows: 1, maxLength: 5000, placeholder: book.words.note });
    note.setAttribute("aria-label", `${book.words.note} ${time}`);
    note.addEventListener("change", () => store.put({ ...(store.item(mark.cfi, "bookmark") ?? mark), note: note.value }));
    const away = button("×", () => store.remove("bookmark", mark.cfi));
    away.setAttribute("aria-label", `${book.words.remove} ${time}`);
    line.append(go, note, away);
    return line;
  }

  store.addEventListener("change", draw);
  draw();
}

function group(list) {
  const groups = new Map();
  for (const mark of list) groups.set(mark.chapter, [...(groups.get(mark.chapter) ?? []), mark]);
  return groups;
}

function button(text, press) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "marks__button number", textContent: text });
  made.addEventListener("click", press);
  return made;
}
