// Beside each field of an edit form: how many comments wait, and the way to them.
const told = document.getElementById("field-comments");

if (told) {
  const { address, label, counts } = JSON.parse(told.textContent);
  const beside = (place, name) => {
    const link = document.createElement("a");
    const count = counts[name] || 0;
    link.className = count ? "field-comment field-comment--open" : "field-comment";
    link.href = `${address}?field=${encodeURIComponent(name)}`;
    link.target = "_blank";
    link.rel = "noopener";
    link.title = label;
    link.setAttribute("aria-label", count ? `${label}: ${count}` : label);
    link.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#icon-comment"></use></svg>';
    if (count) link.append(String(count));
    place.append(link);
  };
  for (const field of document.querySelectorAll("form[data-edit-form] [data-field]")) {
    const name = field.dataset.contentpath;
    if (name && !field.closest("[data-inline-panel-child]")) beside(field, name);
  }
  for (const total of document.querySelectorAll("form[data-edit-form] > * input[name$='-TOTAL_FORMS']")) {
    const name = total.name.replace(/-TOTAL_FORMS$/, "");
    const heading = total.closest(".w-panel")?.querySelector(".w-panel__header");
    if (heading && !name.includes("-")) beside(heading, name);
  }
}
