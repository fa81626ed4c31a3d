// What a chosen mark tells: names in both languages, what it is, its picture, and the next steps as plain links.
import { distance, element, filled, safeAddress } from "./dom.js";
import { addStop, savedTrip, stopsOf } from "./saved.js";

export function names(own, language) {
  const other = language === "vi" ? "en" : "vi";
  const first = own.name[language] || own.name[other];
  const second = own.name[language] ? own.name[other] : "";
  return { first, second: second === first ? "" : second, other };
}

export function kindLine(own, part, texts) {
  const words = [part.layers[own.layer]?.label, own.band && part.bands[own.band], own.sample && texts.sample];
  return words.filter(Boolean).join(" · ");
}

export function pageOf(own, part) {
  const family = part.layers[own.layer]?.family ?? "tourism";
  return part.pages[family].replace("NUMBER", encodeURIComponent(own.number));
}

export function popup(feature, part, texts, from) {
  const own = feature.properties;
  const [longitude, latitude] = feature.geometry.coordinates;
  const { first, second, other } = names(own, part.language);
  const picture = own.picture && safeAddress(own.picture);
  return element(
    "div",
    { class: "card-popup" },
    picture && element("img", { src: picture, alt: "", width: 240, height: 160, loading: "lazy" }),
    picture && element("p", { class: "card-popup__credit", "data-credit": true, hidden: true }),
    element("p", { class: "card-popup__kind" }, kindLine(own, part, texts)),
    element("h3", { class: "card-popup__name", lang: second ? part.language : undefined }, element("a", { href: pageOf(own, part) }, first)),
    second && element("p", { class: "card-popup__other", lang: other }, second),
    from && element("p", { class: "card-popup__line" }, filled(texts.away, distance(from.distanceTo([latitude, longitude]), part.language))),
    own.accuracy >= 500 && element("p", { class: "card-popup__line" }, filled(texts.about, distance(own.accuracy, part.language))),
    element("p", { class: "card-popup__line", "data-open": true, hidden: true }),
    ways(latitude, longitude, own, texts),
    save(own, texts),
  );
}

function save(own, texts) {
  const isIn = () => stopsOf(savedTrip()).includes(own.number);
  const label = () => (isIn() ? texts.saved : texts.save);
  const button = element("button", { type: "button", class: "button button--quiet button--small", "aria-pressed": String(isIn()) }, label());
  button.addEventListener("click", () => {
    addStop(own.number);
    button.textContent = label();
    button.setAttribute("aria-pressed", String(isIn()));
  });
  return button;
}

// Hours, Zalo and whose picture it is come once the popup is open, so that a view of a thousand marks need not carry them.
export async function complete(content, own, part, texts) {
  if (part.layers[own.layer]?.family !== "tourism" && !own.picture) return;
  let details = {};
  try {
    details = (await (await fetch(`${part.points}?number=${encodeURIComponent(own.number)}`)).json()).details ?? {};
  } catch {
    return; // the popup stands without them
  }
  const { now, zalo, credit } = details;
  const whose = content.querySelector("[data-credit]");
  if (credit && whose) Object.assign(whose, { textContent: credit, hidden: false });
  const line = content.querySelector("[data-open]");
  if (now) {
    const words = now.open ? (now.until ? texts.openUntil : texts.openNow) : now.until ? texts.opensAt : texts.closedNow;
    line.hidden = false;
    line.replaceChildren(element("span", { class: `open open--${now.open ? "yes" : "no"}` }, filled(words, now.until)));
  }
  const digits = (zalo ?? "").replace(/\D/g, "");
  if (digits) content.querySelector(".card-popup__ways").append(element("a", { href: `https://zalo.me/${digits}`, target: "_blank", rel: "noopener noreferrer external nofollow" }, "Zalo"));
}

function ways(latitude, longitude, own, texts) {
  const at = `${latitude.toFixed(6)},${longitude.toFixed(6)}`;
  const links = [
    ["Google", `https://www.google.com/maps/dir/?api=1&destination=${at}`],
    ["Apple", `https://maps.apple.com/?daddr=${at}`],
    ["OSM", `https://www.openstreetmap.org/directions?to=${at}`],
  ].map(([name, href]) => element("a", { href, target: "_blank", rel: "noopener noreferrer external" }, name));
  const digits = (own.phone ?? "").replace(/[^\d+]/g, "");
  return element(
    "p",
    { class: "card-popup__ways" },
    element("span", {}, `${texts.directions}:`),
    ...links,
    /\d/.test(digits) && element("a", { href: `tel:${digits}` }, `${texts.call} ${own.phone}`),
  );
}

export function membersPopup(answer, part, texts, open) {
  const rows = answer.features.map((feature) => {
    const { first } = names(feature.properties, part.language);
    const choose = element("button", { type: "button", class: "card-popup__choose", on: { click: () => open(feature) } }, first);
    return element("li", {}, choose, element("span", { class: "card-popup__kind" }, kindLine(feature.properties, part, texts)));
  });
  const rest = answer.count - answer.features.length;
  return element(
    "div",
    { class: "card-popup" },
    element("p", { class: "card-popup__kind" }, filled(texts.cluster, answer.count)),
    element("ul", { class: "card-popup__list" }, ...rows),
    rest > 0 && element("p", { class: "card-popup__kind" }, filled(texts.more, rest)),
  );
}
