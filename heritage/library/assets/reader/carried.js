// One place in two forms of a text: who stopped in the audiobook is offered the same chapter of the e-book, and the
// other way round. Chapters are matched by their names, else by their number where both have as many.
import { fold } from "./finding.js";
import { Store } from "./store.js";

const named = (title) => fold(title ?? "").folded.trim();

/** The chapter of `own` that stands for `stopped` in a form with the chapters `others`; undefined where none does. */
export function sameChapter(own, others, stopped) {
  const wanted = named(stopped.chapter);
  const byName = own.filter((chapter) => wanted && named(chapter.title) === wanted);
  if (byName.length === 1) return byName[0];
  const index = others.findIndex((chapter) => named(chapter.title) === wanted);
  return own.length === others.length && index >= 0 ? own[index] : undefined;
}

/** Where the reader stopped later in the other form than here (`before`): shows `notice` with a button that goes there. */
export function offerOtherForm(notice, book, before, go) {
  const other = book.other;
  if (!other || !notice) return;
  const onDevice = new Store(other.key).stopped;
  const onAccount = other.place && { ...other.place, at: other.place.at + (Date.now() - book.now) };
  const stopped = [onDevice, onAccount].filter((place) => place?.chapter).sort((a, b) => b.at - a.at)[0];
  if (!stopped || stopped.at <= (before?.at ?? 0)) return;
  const chapter = sameChapter(other.own, other.chapters, stopped);
  if (!chapter || named(chapter.title) === named(before?.chapter)) return;
  notice.querySelector("[data-words]").textContent = other.words.replace("%(chapter)s", chapter.title);
  notice.hidden = false;
  notice.querySelector("[data-go]").addEventListener("click", () => { notice.hidden = true; go(chapter); });
  notice.querySelector("[data-stay]").addEventListener("click", () => { notice.hidden = true; });
}
