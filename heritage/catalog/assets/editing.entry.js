// An edit form by keyboard; and one that another has in hand, in which nothing can be typed that could not be saved.
const form = document.querySelector("form[data-edit-form]");
const TYPED = "input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]";

const may = () => {
  const config = document.getElementById("wagtail-config");
  return !config || JSON.parse(config.textContent).KEYBOARD_SHORTCUTS_ENABLED !== false;
};

const shown = (element) => element.offsetParent !== null && !element.disabled;

function openTab(step) {
  const tabs = [...form.querySelectorAll("[role=tab]")].filter(shown);
  const now = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
  const next = tabs[(now + step + tabs.length) % tabs.length];
  if (!next) return;
  next.click();
  next.focus();
}

const fields = () => [...form.querySelectorAll(TYPED)].filter(shown);

function goTo(field) {
  if (!field) return;
  field.focus();
  field.scrollIntoView({ block: "center" });
}

// From outside any field, F8 goes to the first one of the open tab.
function nextField(step) {
  const all = fields();
  const now = all.indexOf(document.activeElement?.closest(TYPED));
  goTo(now < 0 ? all.at(step > 0 ? 0 : -1) : all[(now + step + all.length) % all.length]);
}

function otherLanguage() {
  const path = document.activeElement?.closest("[data-contentpath]");
  const match = path?.dataset.contentpath.match(/^(.*)_(vi|en)$/);
  if (!match) return;
  const other = `${match[1]}_${match[2] === "vi" ? "en" : "vi"}`;
  const row = path.closest("[data-inline-panel-child]") || form;
  goTo(row.querySelector(`[data-contentpath="${other}"]`)?.querySelector(TYPED));
}

const submit = () => form.querySelector("[name=action-submit]")?.click();

const DEEDS = {
  "Alt+PageDown": () => openTab(1),
  "Alt+PageUp": () => openTab(-1),
  F8: () => nextField(1),
  "Shift+F8": () => nextField(-1),
  F9: otherLanguage,
  "Mod+Enter": submit,
};

function nameOf(event) {
  const mod = event.ctrlKey || event.metaKey ? "Mod+" : "";
  return `${mod}${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key}`;
}

if (form) {
  document.addEventListener("keydown", (event) => {
    const deed = DEEDS[nameOf(event)];
    if (!deed || event.isComposing || !may()) return;
    event.preventDefault();
    deed();
  });
}

if (form && document.body.classList.contains("content-locked")) {
  form.addEventListener("beforeinput", (event) => event.preventDefault(), true);
  for (const control of form.querySelectorAll("select, [type=checkbox], [type=radio], [type=file], [data-inline-panel-child] button, [id$=-ADD]"))
    if (!control.closest("footer")) control.disabled = true;
}
