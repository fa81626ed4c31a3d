// The bar of books of fixed pages (PDF, pictures, fixed layout): the page by its number, zoom, turning. Zoom and turn are
// kept on this device for each book, for a scan that lies on its side lies so every time.

const $ = (id) => document.getElementById(id);
const STEPS = [25, 50, 75, 100, 125, 150, 200, 300, 400, 500];

export function wireSheet(view, book, { say }) {
  const key = `reader:sheet:${book.key}`;
  const kept = { zoom: innerWidth < innerHeight ? "fit-width" : "fit-page", turned: 0, ...read(key) };
  const choose = $("zoom");

  function zoom(value) {
    kept.zoom = Number(value) || value;
    save(key, kept);
    view.zoom(kept.zoom);
  }
  const step = (direction) => zoom((direction > 0 ? STEPS.find((one) => one > view.percent + 1) : STEPS.findLast((one) => one < view.percent - 1)) ?? view.percent);

  function turn() {
    kept.turned = (kept.turned + 1) % 4;
    save(key, kept);
    view.turn(kept.turned);
  }

  choose.addEventListener("change", () => zoom(choose.value));
  $("zoom-in").addEventListener("click", () => step(1));
  $("zoom-out").addEventListener("click", () => step(-1));
  $("turn").addEventListener("click", turn);
  view.addEventListener("zoom", ({ detail: { zoom: now, percent } }) => {
    const isOffered = [...choose.options].some((option) => option.value === String(now));
    const other = choose.querySelector("[data-other]");
    if (!isOffered || other.value === String(now)) Object.assign(other, { value: String(now), textContent: `${percent} %`, hidden: false });
    else other.hidden = true;
    choose.value = String(now);
    if (typeof now === "number" && kept.zoom !== now) { kept.zoom = now; save(key, kept); } // by two fingers
  });

  $("sheet-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const isThere = view.goToPage($("sheet-page").value);
    $("sheet-page").setAttribute("aria-invalid", String(!isThere));
    if (isThere) $("sheet-page").blur();
    else {
      say(book.words.no_page.replace("%(count)s", view.count));
      $("sheet-page").select();
    }
  });
  view.addEventListener("move", ({ detail: { page, count } }) => {
    $("sheet-count").textContent = `/ ${count}`;
    if (document.activeElement === $("sheet-page")) return;
    $("sheet-page").value = page.split(" / ")[0];
    $("sheet-page").removeAttribute("aria-invalid");
  });

  return {
    keys: {
      "+": () => step(1), "=": () => step(1), "-": () => step(-1), 0: () => zoom("fit-page"), w: () => zoom("fit-width"),
      g: () => $("sheet-page").select(), ArrowDown: () => view.scroll?.(1), ArrowUp: () => view.scroll?.(-1),
    },
    /** Once the book is open: its bar, and how it was looked at last. */
    begin() {
      $("sheet").hidden = !view.isSheet;
      if (!view.isSheet) return false;
      $("turn").hidden = !view.canTurn;
      if (view.canTurn) view.turn(kept.turned);
      view.zoom(kept.zoom);
      return true;
    },
  };
}

function read(key) {
  try { return JSON.parse(localStorage.getItem(key) ?? "{}"); } catch { return {}; }
}

function save(key, value) {
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* shown all the same */ }
}
