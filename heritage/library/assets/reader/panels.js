// The drawers beside the book: contents, search, bookmarks and highlights, appearance.

/** Opens one dialog by its button and closes it by Escape, its own button or a press outside. */
export function wire(button, dialog, onOpen) {
  button.addEventListener("click", () => {
    dialog.showModal();
    button.setAttribute("aria-expanded", "true");
    onOpen?.();
  });
  dialog.addEventListener("close", () => button.setAttribute("aria-expanded", "false"));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  });
}

/** The contents as nested lists of buttons; `choose(href)` when one is pressed. */
export function drawContents(list, items, choose) {
  list.replaceChildren(...items.map((item) => contentsItem(item, choose)));
}

function contentsItem(item, choose) {
  const row = document.createElement("li");
  const button = textButton(item.label?.trim() || "—", () => choose(item.href));
  button.dataset.href = item.href ?? "";
  row.append(button);
  if (item.subitems?.length) {
    const inner = document.createElement("ol");
    inner.append(...item.subitems.map((one) => contentsItem(one, choose)));
    row.append(inner);
  }
  return row;
}

export function markCurrent(list, href) {
  for (const button of list.querySelectorAll("button")) {
    if (href && button.dataset.href === href) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

/** One place found: its chapter, and the words around it. */
export function foundItem({ before, hit, after, chapter }, choose) {
  const row = document.createElement("li");
  const button = textButton("", choose);
  const place = Object.assign(document.createElement("span"), { className: "reader-list__chapter", textContent: chapter });
  button.append(place, before, Object.assign(document.createElement("mark"), { textContent: hit }), after);
  row.append(button);
  return row;
}

/** One bookmark or highlight, with a button that removes it and, with `edit`, one that opens its note. */
export function keptItem(item, { choose, edit, editLabel, remove, removeLabel }) {
  const row = document.createElement("li");
  row.className = "reader-kept";
  const button = textButton("", choose);
  const place = Object.assign(document.createElement("span"), { className: "reader-list__chapter", textContent: item.chapter ?? "" });
  button.append(place, item.text || item.percent || "");
  if (item.note) button.append(Object.assign(document.createElement("span"), { className: "reader-kept__note", textContent: item.note }));
  row.append(button);
  if (edit) row.append(signButton("✎", editLabel, edit));
  row.append(signButton("×", removeLabel, remove));
  return row;
}

function signButton(sign, label, press) {
  const button = textButton(sign, press);
  button.className = "reader-kept__remove";
  button.setAttribute("aria-label", label);
  return button;
}

function textButton(text, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "reader-list__button";
  button.textContent = text;
  button.addEventListener("click", press);
  return button;
}
