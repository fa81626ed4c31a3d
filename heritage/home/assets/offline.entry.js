// Lists the pages kept on this device; the page itself needs none of this.
import { PAGES } from "./keeping.js";

async function keptPages() {
  if (!("caches" in window) || !(await caches.has(PAGES))) return [];
  const cache = await caches.open(PAGES);
  const requests = (await cache.keys()).slice(-20).reverse();
  return Promise.all(
    requests.map(async (request) => {
      const text = await (await cache.match(request)).text();
      const title = new DOMParser().parseFromString(text, "text/html").title;
      const { pathname, search } = new URL(request.url); // a trip stands in its query
      return { url: pathname + search, title };
    }),
  );
}

const pages = await keptPages();
if (pages.length) {
  document.querySelector("#kept-list").append(
    ...pages.map(({ url, title }) => {
      const link = Object.assign(document.createElement("a"), { href: url, textContent: title || url });
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
  document.querySelector("#kept").hidden = false;
}

// Being connected to something is not yet reaching the archive; and a visitor on the way to another page is not called back.
let leaving = false;
addEventListener("beforeunload", () => {
  leaving = true;
});
addEventListener("online", async () => {
  try {
    await fetch("/healthz", { cache: "no-store" });
  } catch {
    return;
  }
  if (!leaving) location.reload();
});
