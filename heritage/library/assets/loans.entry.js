// My loans: what is kept on this device. Titles whose loan has ended elsewhere are removed, renewed ones get their new
// time, and places and notes made without a network are sent.
import { canKeep, drop, dueHere, entries, prolong } from "./offline/kept.js";
import { Store } from "./reader/store.js";

const { loans, now, open } = JSON.parse(document.getElementById("loans-data").textContent);
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

async function tidy() {
  for (const entry of await entries()) {
    if (entry.due && !(entry.key in loans)) await drop(entry.key);
    else if (entry.due) await prolong(entry.key, dueHere(loans[entry.key], now));
    if (entry.sync) await new Store(entry.key, { url: entry.sync, token }).sync();
  }
  const kept = await entries();
  for (const entry of kept) document.querySelector(`[data-kept="${CSS.escape(entry.key)}"]`)?.removeAttribute("hidden");
  const list = document.getElementById("kept-here-list");
  list.replaceChildren(...kept.map((entry) => {
    const row = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: entry.page, textContent: entry.title });
    row.append(link, entry.due ? ` · ${new Date(entry.due).toLocaleString(document.documentElement.lang)}` : ` · ${open}`);
    return row;
  }));
  document.getElementById("kept-here").hidden = !kept.length;
}

if (canKeep()) {
  tidy();
  for (const form of document.querySelectorAll("form[data-returns]")) {
    form.addEventListener("submit", () => drop(form.dataset.returns));
  }
}
