// Search on the map: what is found stands in the list and opens in place; the form works as a plain search without this.
import { element, filled } from "./dom.js";
import { kindLine, names } from "./popup.js";
import { sign } from "./sign.js";

export function finder(part, texts, actions) {
  const form = document.getElementById(part.search);
  if (!form) return;
  const results = element("ul", { class: "mapping__found", hidden: true, "aria-label": texts.found.replace("%s", "").trim() });
  form.append(results);
  const close = () => (results.hidden = true);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = form.elements.q.value.trim();
    if (!text) return close();
    let features = [];
    try {
      features = (await (await fetch(`${part.find}?${new URLSearchParams({ q: text })}`)).json()).features;
    } catch {
      return actions.say(texts.failed);
    }
    actions.say(features.length ? filled(texts.found, features.length) : texts.nothingFound);
    results.replaceChildren(...features.map((feature) => row(feature)));
    results.hidden = !features.length;
    results.querySelector("button")?.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || results.hidden) return;
    close();
    form.elements.q.focus();
  });

  function row(feature) {
    const own = feature.properties;
    const choose = () => {
      close();
      actions.go(feature);
    };
    return element(
      "li",
      {},
      element("button", { type: "button", on: { click: choose } }, sign(part.layers[own.layer], own.layer, own.band), element("span", {}, names(own, part.language).first, element("small", {}, kindLine(own, part, texts)))),
    );
  }
}
