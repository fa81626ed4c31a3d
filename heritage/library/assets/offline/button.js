// The button that keeps the open title on this device, and the watch that closes it when its loan runs out.
import { canKeep, drop, dueHere, entryOf, isKeptPage, isOver, keep, prolong } from "./kept.js";

const WATCH_MS = 15_000;

/** Static files this page needs to show itself again without a network. */
function ownFiles() {
  const named = [...document.querySelectorAll("link[rel~=stylesheet], script[src], .player__cover img, use")];
  const addresses = named.map((element) => element.href?.baseVal ?? element.currentSrc ?? element.href ?? element.src);
  const paths = addresses.concat(named.map((element) => element.src)).filter(Boolean).map((address) => new URL(address, location.href));
  return [...new Set(paths.filter((url) => url.origin === location.origin).map((url) => url.pathname + url.search))];
}

/**
 * `book` has key, title, due, now, words; `files` are the addresses of its text or sound. `closed()` is called when the
 * loan ends while the title is open, `changed(isKept)` once it is known whether the title is here, and when that changes.
 */
export async function offerToKeep(button, book, files, { say, closed, changed = () => {} }) {
  const entry = canKeep() ? await entryOf(book.key) : null;
  changed(Boolean(entry));
  const due = isKeptPage() ? entry?.due : dueHere(book.due, book.now);
  if (entry && !isKeptPage()) await prolong(book.key, due);
  if (isKeptPage() && !entry) return closed();
  watch(book, { ...entry, due }, closed);
  if (!button || !canKeep()) return;
  button.hidden = false;
  show(button, book.words, Boolean(entry));
  button.addEventListener("click", async () => {
    if (button.disabled) return;
    button.disabled = true;
    try {
      if (button.getAttribute("aria-pressed") === "true") {
        await drop(book.key);
        changed(false);
        show(button, book.words, false);
        say(book.words.dropped);
      } else {
        await navigator.storage?.persist?.();
        const title = { key: book.key, title: book.title, page: location.pathname, urls: ownFiles(), files, due, sync: book.sync };
        await keep(title, (done) => say(book.words.keeping.replace("%(percent)s", Math.round(done * 100)).replace("%%", "%")));
        changed(true);
        show(button, book.words, true);
        say(due ? book.words.kept_until.replace("%(due)s", new Date(due).toLocaleString(document.documentElement.lang)) : book.words.kept_here);
      }
    } catch (error) {
      say(error?.name === "QuotaExceededError" ? book.words.no_room : book.words.not_kept);
    } finally {
      button.disabled = false;
    }
  });
}

function show(button, words, isKept) {
  button.setAttribute("aria-pressed", String(isKept));
  button.querySelector("[data-label]").textContent = isKept ? words.drop : words.keep;
}

function watch(book, entry, closed) {
  if (!entry.due) return;
  const timer = setInterval(async () => {
    if (!isOver(entry)) return;
    clearInterval(timer);
    await end(book.key);
    closed();
  }, Math.min(WATCH_MS, Math.max(500, entry.due - Date.now())));
}

/** The loan is over: nothing of the title stays on the device but the reader's own notes. */
export async function end(key) {
  if (canKeep()) await drop(key);
}
