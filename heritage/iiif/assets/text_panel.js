// The text of the page beside its picture: fetched once it is wanted; a line leads to its place.
export function textPanel(panel, goTo) {
  const list = panel.querySelector("[data-lines]");
  const none = panel.querySelector("[data-none]");
  let page = null;
  let shown = null;

  async function fill() {
    if (!panel.open || !page || shown === page) return;
    shown = page;
    list.replaceChildren();
    none.hidden = Boolean(page.text);
    if (!page.text) return;
    const asked = page;
    const answer = await fetch(page.text);
    const lines = answer.ok ? (await answer.json()).items : [];
    if (asked !== page) return; // the visitor has turned the page meanwhile
    none.hidden = lines.length > 0;
    list.append(...lines.map((line) => item(line)));
  }

  function item(line) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "scan-viewer__line";
    button.textContent = line.body.value;
    if (line.body.language) button.lang = line.body.language;
    const region = /#xywh=(\d+),(\d+),(\d+),(\d+)/.exec(line.target);
    button.addEventListener("click", () => region && goTo(region.slice(1).map(Number)));
    const li = document.createElement("li");
    li.append(button);
    return li;
  }

  panel.addEventListener("toggle", fill);
  return {
    show(next) {
      page = next;
      fill();
    },
  };
}
