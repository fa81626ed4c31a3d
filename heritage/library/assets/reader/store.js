// What a reader left in a book: the place, bookmarks, highlights with notes. Kept on this device; where the page names
// an address, merged with the account's copy. Every item has its own time, and a removed one stays as a trace, so that
// two devices that were offline lose nothing.

const PATIENCE_MS = 4000;
const EMPTY = { place: null, items: {} };

export class Store extends EventTarget {
  #key;
  #url;
  #token;
  #state;
  #timer;

  /** `key` names the book; `url` and `token` are of the account's copy, or blank. */
  constructor(key, { url = "", token = "" } = {}) {
    super();
    this.#key = `book:${key}`;
    this.#url = url;
    this.#token = token;
    this.#state = readState(this.#key);
    if (url) addEventListener("online", () => this.sync());
  }

  /** Where and when the reader stopped: { cfi, fraction, chapter, at }, or null. */
  get stopped() { return this.#state.place; }

  /** Bookmarks and highlights that stand: [{ cfi, kind, text, note, colour, chapter, at }], in no order. */
  items(kind) {
    return Object.values(this.#state.items).filter((item) => !item.removed && (!kind || item.kind === kind));
  }

  item(cfi, kind) { return this.items(kind).find((item) => item.cfi === cfi); }

  keepPlace(cfi, fraction, chapter = "") {
    this.#state.place = { cfi, fraction, chapter, at: Date.now() };
    this.#save(2000);
  }

  put(item) {
    const key = `${item.kind}:${item.cfi}`;
    this.#state.items[key] = { note: "", text: "", colour: "gold", ...item, ...this.#start(key), at: Date.now() };
    this.#save(300);
    this.dispatchEvent(new Event("change"));
  }

  remove(kind, cfi) {
    const key = `${kind}:${cfi}`;
    this.#state.items[key] = { kind, cfi, removed: true, ...this.#start(key), at: Date.now() };
    this.#save(300);
    this.dispatchEvent(new Event("change"));
  }

  /** The account's version that a change starts from: its number there, and its time here. */
  #start(key) {
    const { seen = 0, version = 0 } = this.#state.items[key] ?? {};
    return { seen, version };
  }

  /** Sends this device's copy and takes over what others changed later. Returns whether the place moved. */
  async sync() {
    if (!this.#url || !navigator.onLine) return false;
    const before = this.#state.place?.at ?? 0;
    const sent = { ...this.#state.items };
    try {
      const answer = await fetch(this.#url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.#token },
        body: JSON.stringify({ now: Date.now(), ...this.#state }),
      });
      if (!answer.ok) return false;
      const merged = await answer.json();
      if (merged.open === false) this.dispatchEvent(new Event("over"));
      this.#state = merge(this.#state, merged, sent);
      writeState(this.#key, this.#state);
      this.dispatchEvent(new Event("change"));
      return (this.#state.place?.at ?? 0) > before;
    } catch {
      return false; // no connection: this device's copy stands, and goes up the next time
    }
  }

  /** `sync`, but not waited for longer than a reader would: a dead connection must not keep a book shut that lies here. */
  async settle() {
    await Promise.race([this.sync(), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
    return this.stopped;
  }

  #save(wait) {
    writeState(this.#key, this.#state);
    if (!this.#url) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.sync(), wait);
  }
}

/**
 * Of two copies, each item as it was changed last. What was changed here while the account took over what was `sent`
 * starts from what it now has.
 */
export function merge(one, other, sent = {}) {
  const items = { ...one.items };
  for (const [key, item] of Object.entries(other.items ?? {})) {
    const own = items[key];
    if (!own || item.at >= own.at) items[key] = item;
    else if (sent[key]?.at === item.at) items[key] = { ...own, seen: item.seen, version: item.version };
  }
  const place = (other.place?.at ?? 0) > (one.place?.at ?? 0) ? other.place : one.place;
  return { place, items };
}

function readState(key) {
  try {
    return { ...EMPTY, ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  } catch {
    return { ...EMPTY, items: {} };
  }
}

function writeState(key, state) {
  try {
    localStorage.setItem(key, JSON.stringify(state));
  } catch {
    // a full or forbidden storage must not stop the reading
  }
}
