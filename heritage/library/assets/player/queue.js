// What is heard after this title: titles and chapters in an order of the listener's, kept on this device.

const KEY = "player:queue";
const MOST = 100;

export function wireQueue({ book, seek, say }) {
  const $ = (id) => document.getElementById(id);
  const add = (item) => {
    save([...read(), item].slice(0, MOST));
    draw();
    say(book.words.queued);
  };
  $("queue-add")?.addEventListener("click", () => {
    const chosen = book.more[$("queue-title").selectedIndex];
    if (chosen) add({ title: chosen.title, url: chosen.url });
  });
  $("queue-add-chapter").addEventListener("click", () => {
    const chapter = book.chapters[$("queue-chapter").selectedIndex];
    if (chapter) add({ title: `${chapter.title} · ${book.title}`, url: book.page, at: chapter.begin });
  });

  function draw() {
    const items = read();
    $("queue-count").textContent = items.length ? `(${items.length})` : "";
    $("queue-none").hidden = items.length > 0;
    $("queue-list").replaceChildren(...items.map((item, place) => {
      const row = document.createElement("li");
      const up = tool("↑", () => swap(place, place - 1), item.title);
      up.disabled = place === 0;
      row.append(Object.assign(document.createElement("span"), { textContent: item.title }), up,
        tool("×", () => { save(read().filter((_one, at) => at !== place)); draw(); }, `${book.words.remove}: ${item.title}`));
      return row;
    }));
  }

  function swap(one, other) {
    const items = read();
    [items[one], items[other]] = [items[other], items[one]];
    save(items);
    draw();
  }

  function tool(sign, press, label) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "marks__button", textContent: sign });
    made.setAttribute("aria-label", sign === "↑" ? `↑ ${label}` : label);
    made.addEventListener("click", press);
    return made;
  }

  draw();
  return {
    /** The first of the queue begins; false where the queue is empty. */
    advance() {
      const [first, ...rest] = read();
      if (!first) return false;
      save(rest);
      draw();
      say(book.words.next_title.replace("%(title)s", first.title));
      if (first.url === book.page) seek(first.at ?? 0, true);
      else location.assign(`${first.url}#play${first.at ? `&t=${first.at}` : ""}`);
      return true;
    },
  };
}

function read() {
  try {
    const items = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(items) ? items.filter((item) => typeof item?.title === "string" && /^\/[^/]/.test(item.url)) : [];
  } catch {
    return [];
  }
}

function save(items) {
  try { localStorage.setItem(KEY, JSON.stringify(items)); } catch { /* the queue lasts as long as the page */ }
}
