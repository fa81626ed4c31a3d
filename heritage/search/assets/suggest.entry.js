// Suggestions under a search box: the ARIA combobox pattern (list autocomplete, manual selection). Without this script
// the box is a plain form. What was searched before is kept on this device only, under `recent-searches`.
const WAIT = 120;
const SHORTEST = 2;
const KEPT = 8;
const STORE = "recent-searches";
let boxes = 0;

function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(kept) ? kept.filter((text) => typeof text === "string").slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

function remember(text) {
  const trimmed = text.trim();
  if (!trimmed) return;
  const rest = recent().filter((one) => one !== trimmed);
  try {
    localStorage.setItem(STORE, JSON.stringify([trimmed, ...rest].slice(0, KEPT)));
  } catch {
    // A device that keeps nothing searches all the same.
  }
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

class Suggest {
  constructor(input) {
    this.input = input;
    this.id = `suggest-${(boxes += 1)}`;
    this.chosen = -1;
    this.cache = new Map();
    this.build();
    this.listen();
  }

  build() {
    const holder = element("div", "suggest");
    this.input.replaceWith(holder);
    this.list = element("ul", "suggest__list");
    this.list.id = this.id;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.labels?.[0]?.textContent ?? "");
    this.status = element("span", "visually-hidden");
    this.status.setAttribute("role", "status");
    holder.append(this.input, this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.id,
    })) this.input.setAttribute(name, value);
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("focus", () => this.input.value.trim() === "" && this.showRecent());
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.input.form?.addEventListener("submit", () => remember(this.input.value));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.take(row);
    });
  }

  typed() {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (text.length < SHORTEST) {
      this.close();
      if (!text) this.showRecent();
      return;
    }
    this.timer = setTimeout(() => this.ask(text), WAIT);
  }

  async ask(text) {
    this.running?.abort();
    if (this.cache.has(text)) return this.show(this.cache.get(text));
    this.running = new AbortController();
    try {
      const address = new URL(this.input.dataset.suggest, location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address, { signal: this.running.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return this.close();
      const { suggestions } = await answer.json();
      this.cache.set(text, suggestions);
      if (this.input.value.trim() === text) this.show(suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(suggestions) {
    this.fill(suggestions.map((one) => this.row(one)));
    const { one, many, none } = this.input.dataset;
    const count = suggestions.length;
    this.status.textContent = count === 0 ? none : count === 1 ? one : many.replace("{count}", String(count));
  }

  showRecent() {
    const kept = recent();
    if (!kept.length || document.activeElement !== this.input) return;
    this.fill(kept.map((text) => {
      const row = this.option();
      row.dataset.text = text;
      row.append(element("span", "", text), element("span", "suggest__kind", this.input.dataset.recent));
      return row;
    }));
    this.status.textContent = this.input.dataset.recent;
  }

  option() {
    const row = element("li");
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    return row;
  }

  row(one) {
    const row = this.option();
    row.dataset.url = one.url;
    row.dataset.text = one.text;
    if (one.thumbnail) {
      const picture = element("img");
      Object.assign(picture, { src: one.thumbnail, alt: "", width: 48, height: 36, loading: "lazy" });
      row.append(picture);
    }
    const name = element("span");
    for (const [text, isMatch] of one.parts) name.append(isMatch ? element("mark", "", text) : text);
    row.append(name, element("span", "suggest__kind", one.kind));
    if (one.place) row.append(element("span", "suggest__place", one.place));
    return row;
  }

  fill(rows) {
    rows.forEach((row, index) => { row.id = `${this.id}-${index}`; });
    this.list.replaceChildren(...rows);
    this.choose(-1);
    const open = rows.length > 0;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.fill([]);
  }

  choose(index) {
    const rows = [...this.list.children];
    rows[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = index;
    const row = rows[index];
    if (!row) return this.input.removeAttribute("aria-activedescendant");
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row.id);
  }

  pressed(event) {
    const count = this.list.hidden ? 0 : this.list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!count) return this.input.value.trim() ? this.ask(this.input.value.trim()) : this.showRecent();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = this.chosen + step;
      this.choose(next < -1 ? count - 1 : next >= count ? -1 : next);
    } else if (event.key === "Enter" && count && this.chosen >= 0) {
      event.preventDefault();
      this.take(this.list.children[this.chosen]);
    } else if (event.key === "Escape" && count) {
      event.preventDefault();
      this.close();
    }
  }

  take(row) {
    remember(row.dataset.text);
    if (row.dataset.url) location.assign(row.dataset.url);
    else {
      this.input.value = row.dataset.text;
      this.close();
      this.input.form?.requestSubmit();
    }
  }
}

for (const input of document.querySelectorAll("input[data-suggest]:not([role=combobox])")) new Suggest(input);
