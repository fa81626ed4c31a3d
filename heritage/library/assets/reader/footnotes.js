// Footnotes in a chapter: what is the sign of one, and its words taken out of the book. Only plain elements without any
// attribute but language and direction are taken over, for a book is a stranger's.

const OPS = "http://www.idpf.org/2007/ops";
const SIGN = ["noteref", "biblioref", "glossref"];
const BACK = ["backlink", "referrer"];
const PLAIN = "p, div, blockquote, ul, ol, li, dl, dt, dd, em, strong, i, b, u, s, small, cite, q, sup, sub, span, br, ruby, rb, rt, rp, code, pre, h1, h2, h3, h4, h5, h6, aside, section, table, tbody, tr, td, th";
const INLINE = "a, span, sup, sub, em, strong, i, b, small";
const MOST_CHARACTERS = 12_000; // longer than this it is a chapter

/** What an element is in the book's structure: words of epub:type, and of role without their "doc-". */
export function typesOf(element) {
  const named = `${element.getAttributeNS(OPS, "type") ?? ""} ${element.getAttribute("epub:type") ?? ""} ${(element.getAttribute("role") ?? "").replaceAll("doc-", "")}`;
  return new Set(named.split(/\s+/).filter(Boolean));
}

/** Whether a link is the sign of a note: it says so, or it is a raised number; `saidOnly` leaves out the guess. */
export function isNoteSign(link, saidOnly = false) {
  const types = typesOf(link);
  if (SIGN.some((one) => types.has(one))) return true;
  if (saidOnly || BACK.some((one) => types.has(one))) return false;
  const isRaised = link.matches("sup a, a:has(> sup:only-child)") || link.ownerDocument.defaultView?.getComputedStyle(link).verticalAlign === "super";
  return isRaised && link.textContent.trim().length <= 6 && (link.getAttribute("href") ?? "").includes("#");
}

/** Tells a screen reader what the signs in a chapter are. */
export function nameNoteSigns(document) {
  for (const link of document.querySelectorAll("a[href]")) {
    if (!isNoteSign(link)) continue;
    if (!link.hasAttribute("role")) link.setAttribute("role", "doc-noteref");
    link.setAttribute("aria-haspopup", "dialog");
  }
}

/**
 * The note at a place in its chapter as a fragment for the reader's own page, with its language and direction; null where
 * no note can be told from the text around it. `resolve(href)` makes links of the chapter links of the book.
 */
export function noteOf(place, sign, resolve) {
  let element = place instanceof Range ? place.startContainer.parentElement : place;
  if (!element?.closest) return null;
  while (element.matches(INLINE) && element.parentElement) element = element.parentElement;
  element = element.closest("li, aside, dd") ?? element;
  if (element.matches("dt")) element = element.nextElementSibling ?? element;
  const isWhole = element.matches("body, html, section, article, nav");
  if (isWhole || !element.textContent.trim() || element.textContent.length > MOST_CHARACTERS) return null;
  const text = document.createDocumentFragment();
  copy(element.matches("li, dd, aside") ? element.childNodes : [element], text, resolve, sign.getAttribute("id"));
  return { text, lang: closest(element, "lang"), dir: closest(element, "dir") };
}

function copy(nodes, into, resolve, signId) {
  for (const node of nodes) {
    if (node.nodeType === Node.TEXT_NODE) into.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE && !node.matches("script, style, template") && !isBack(node, signId)) {
      const own = ownOf(node, resolve);
      copy(node.childNodes, own ?? into, resolve, signId);
      if (own) into.append(own);
    }
  }
}

function ownOf(node, resolve) {
  if (node.matches("img")) return Object.assign(document.createElement("span"), { textContent: node.getAttribute("alt") ?? "" });
  if (node.matches("a[href]")) {
    const link = Object.assign(document.createElement("a"), { href: "#" });
    link.dataset.place = /^[a-z][a-z0-9+.-]*:/i.test(node.getAttribute("href")) ? node.getAttribute("href") : resolve(node.getAttribute("href"));
    return link;
  }
  if (!node.matches(PLAIN)) return null; // its words stay, it goes
  const own = document.createElement(node.matches("aside, section") ? "div" : node.localName);
  for (const name of ["lang", "dir"]) if (node.getAttribute(name)) own.setAttribute(name, node.getAttribute(name));
  return own;
}

/** A link back to the sign is of no use in a box that closes. */
function isBack(node, signId) {
  if (!node.matches("a[href]")) return false;
  const types = typesOf(node);
  return BACK.some((one) => types.has(one)) || (signId && node.getAttribute("href").endsWith(`#${signId}`)) || /^[\s↩↵⏎^↑]+$/u.test(node.textContent);
}

const closest = (element, name) => element.closest(`[${name}]`)?.getAttribute(name) ?? element.closest("html")?.getAttributeNS("http://www.w3.org/XML/1998/namespace", name) ?? "";
