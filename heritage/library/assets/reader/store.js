// What a reader left in a book: the place, bookmarks, highlights with notes. Kept on this device; where the page names
// an address, merged with the account's copy. Every item has its own time, and a removed one stays as a trace, so that
// two devices that were offline lose nothing.

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

  get place() { return this.#state.place?.cfi ?? null; }

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
    const seen = this.#state.items[key]?.seen ?? 0; // the account's version that this change starts from
    this.#state.items[key] = { note: "", text: "", colour: "gold", ...item, seen, at: Date.now() };
    this.#save(300);
    this.dispatchEvent(new Event("change"));
  }

  remove(kind, cfi) {
    const key = `${kind}:${cfi}`;
    const seen = this.#state.items[key]?.seen ?? 0;
    this.#state.items[key] = { kind, cfi, removed: true, seen, at: Date.now() };
    this.#save(300);
    this.dispatchEvent(new Event("change"));
  }

  /** Sends this device's copy and takes over what others changed later. Returns whether the place moved. */
  async sync() {
    if (!this.#url || !navigator.onLine) return false;
    const before = this.#state.place?.at ?? 0;
    try {
      const answer = await fetch(this.#url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.#token },
        body: JSON.stringify({ now: Date.now(), ...this.#state }),
      });
      if (!answer.ok) return false;
      const merged = await answer.json();
      if (merged.open === false) this.dispatchEvent(new Event("over"));
      this.#state = merge(this.#state, merged);
      writeState(this.#key, this.#state);
      this.dispatchEvent(new Event("change"));
      return (this.#state.place?.at ?? 0) > before;
    } catch {
      return false; // no connection: this device's copy stands, and goes up the next time
    }
  }

  #save(wait) {
    writeState(this.#key, this.#state);
    if (!this.#url) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.sync(), wait);
  }
}

/** Of two copies, each item as it was changed last. */
export function merge(one, other) {
  const items = { ...one.items };
  for (const [key, item] of Object.entries(other.items ?? {})) {
    if (!items[key] || item.at >= items[key].at) items[key] = item;
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
