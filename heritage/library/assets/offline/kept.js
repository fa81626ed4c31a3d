// Titles kept on this device: their pages, files and the moment until which they may be opened. Used by the pages and
// by the service worker. A title past its time is removed by whoever meets it first, and then answers as absent.
// A device's clock may be wrong: the due moment is turned into its own time when a title is kept, and a clock that is
// set back later is not believed (`seen`).

export const BOOKS = "heritage-books";
const ENTRY = "/kept-books/";
const READ_PATH = /^\/(vi|en)\/(thu-vien|library)\/[^/]+\/(doc|nghe|read|listen)\/$/;
const FILE_PATH = /^\/library\/(editions\/\d+|tracks\/\d+\/transcript\.vtt)$/;
const SOUND_PATH = /^\/library\/tracks\/\d+$/;
const HERE = "?device";

export const isBookPage = (path) => READ_PATH.test(path);
/** Sound is the service worker's business only at this address: a player deals with the server better by itself. */
export const soundHere = (path) => path + HERE;
export const isBookFile = ({ pathname, search }) => FILE_PATH.test(pathname) || (SOUND_PATH.test(pathname) && search === HERE);

/** Whether this browser can keep titles at all. */
export const canKeep = () => "caches" in globalThis && "serviceWorker" in (globalThis.navigator ?? {});

/** The due moment by this device's clock; 0 where the title has none. `due` and `now` are the server's milliseconds. */
export const dueHere = (due, now) => (due ? Date.now() + (due - now) : 0);

/** Whether the loan of `entry` has run out. */
export function isOver(entry, now = Date.now()) {
  return Boolean(entry.due) && Math.max(now, entry.seen ?? 0) >= entry.due;
}

/** Every kept title: [{ key, title, page, urls, due, seen, sync }]; titles past their time are removed here. */
export async function entries() {
  if (!(await caches.has(BOOKS))) return [];
  const cache = await caches.open(BOOKS);
  const requests = (await cache.keys()).filter((request) => new URL(request.url).pathname.startsWith(ENTRY));
  const all = await Promise.all(requests.map(async (request) => (await cache.match(request)).json()));
  const standing = [];
  for (const entry of all) {
    if (isOver(entry)) await drop(entry.key, all);
    else standing.push(await noteTime(cache, entry));
  }
  return standing;
}

export async function entryOf(key) {
  return (await entries()).find((entry) => entry.key === key) ?? null;
}

/** Fetches and keeps a title: { key, title, page, urls, files, due, sync }. Nothing stays of one that fails half-way. */
export async function keep(title, progress = () => {}) {
  const cache = await caches.open(BOOKS);
  const urls = [title.page, ...title.urls, ...title.files];
  try {
    for (const [index, url] of urls.entries()) {
      const answer = await fetch(url, { cache: "no-store", credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(`${answer.status} ${url}`);
      await cache.put(url, url === title.page ? await marked(answer) : answer);
      progress((index + 1) / urls.length);
    }
    const { files, ...entry } = { ...title, urls, seen: Date.now() };
    await write(cache, entry);
    return entry;
  } catch (error) {
    await Promise.all([title.page, ...title.files].map((url) => cache.delete(url)));
    throw error;
  }
}

/** Takes over a new due moment of a title that is kept, after a renewal. */
export async function prolong(key, due) {
  const entry = await entryOf(key);
  if (entry && entry.due !== due) await write(await caches.open(BOOKS), { ...entry, due });
}

/** Removes a title; files that another kept title uses too stay. */
export async function drop(key, known = null) {
  const cache = await caches.open(BOOKS);
  const all = known ?? (await entries());
  const entry = all.find((one) => one.key === key);
  const shared = new Set(all.filter((one) => one.key !== key).flatMap((one) => one.urls));
  for (const url of entry?.urls ?? []) if (!shared.has(url)) await cache.delete(url);
  await cache.delete(ENTRY + encodeURIComponent(key));
}

/** Removes every kept title; places and notes that wait to be sent stay. */
export const dropAll = () => caches.delete(BOOKS);

/** The kept answer for `path`, or undefined where no standing title has it. */
export async function keptAnswer(path) {
  const standing = await entries();
  if (!standing.some((entry) => entry.urls.includes(path))) return undefined;
  return (await caches.open(BOOKS)).match(path, { ignoreVary: true });
}

/** A page that knows it comes from the device: its clock readings are old. */
export const isKeptPage = () => document.documentElement.hasAttribute("data-kept");
async function marked(answer) {
  const text = (await answer.text()).replace("<html", "<html data-kept");
  return new Response(text, { headers: answer.headers });
}

const write = (cache, entry) =>
  cache.put(ENTRY + encodeURIComponent(entry.key), new Response(JSON.stringify(entry), { headers: { "Content-Type": "application/json" } }));

async function noteTime(cache, entry) {
  if (Date.now() - (entry.seen ?? 0) < 60_000) return entry;
  const noted = { ...entry, seen: Date.now() };
  await write(cache, noted);
  return noted;
}
