// The text of a PDF's page, and places in it. A page counts as a document of one paragraph, so that its places are EPUB
// CFIs as those of every book here; the same text lies over the drawn page as many pieces.

const AS_DRAWN = { includeMarkedContent: true, disableNormalization: true }; // as PDF.js lays it over the page
const CFI = /^epubcfi\(\/6\/(\d+)(?:!\/4\/2,\/1:(\d+),\/1:(\d+))?/;

/** The text of one page as a document; `forget` frees what was read for it where the page is not on the screen. */
export async function textOf(pdf, index, forget = false) {
  const page = await pdf.getPage(index + 1);
  const { items } = await page.getTextContent(AS_DRAWN);
  if (forget) page.cleanup();
  const made = document.implementation.createHTMLDocument();
  const paragraph = made.createElement("p");
  paragraph.textContent = items.map((item) => (item.str ?? "") + (item.hasEOL ? "\n" : "")).join("");
  made.body.append(paragraph);
  return made;
}

/** The CFI of a page, or of its characters from `start` to `end`. */
export function cfiOf({ index, start, end }) {
  const words = end > start ? `!/4/2,/1:${start},/1:${end}` : "";
  return `epubcfi(/6/${(index + 1) * 2}${words})`;
}

/** { index, start, end } of a CFI or of `page=N`; index is NaN where it is neither. */
export function placeOf(place) {
  const [, step, start, end] = CFI.exec(place) ?? [];
  if (step) return { index: step / 2 - 1, start: Number(start ?? 0), end: Number(end ?? 0) };
  return { index: Number(/page=(\d+)/.exec(place)?.[1] ?? NaN) - 1 };
}

/** The DOM range of characters `start` to `end` in a page's text layer; null where they are not there. */
export function rangeIn(layer, start, end) {
  const range = document.createRange();
  let passed = 0;
  let begun = false;
  for (const { node, length } of pieces(layer)) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!begun && start < passed + length) { range.setStart(node, Math.max(0, start - passed)); begun = true; }
      if (begun) range.setEnd(node, Math.min(length, end - passed));
    }
    passed += length;
    if (passed >= end) break;
  }
  return begun ? range : null;
}

/** What `range` covers of each layer: [{ index, start, end, text }]. */
export function selectedParts(range, layers) {
  const parts = [];
  for (const { index, div } of layers) {
    if (!range.intersectsNode(div)) continue;
    const start = div.contains(range.startContainer) ? lengthUpTo(div, range.startContainer, range.startOffset) : 0;
    const end = div.contains(range.endContainer) ? lengthUpTo(div, range.endContainer, range.endOffset) : lengthOf(div);
    const text = textBetween(div, start, end);
    if (text.trim()) parts.push({ index, start, end, text: text.trim() });
  }
  return parts;
}

function* pieces(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) yield { node, length: node.data.length };
    else if (node.localName === "br") yield { node, length: 1 };
  }
}

const lengthOf = (root) => [...pieces(root)].reduce((sum, { length }) => sum + length, 0);

function lengthUpTo(layer, container, offset) {
  const before = document.createRange();
  before.setStart(layer, 0);
  before.setEnd(container, offset);
  return lengthOf(before.cloneContents());
}

function textBetween(layer, start, end) {
  const text = [...pieces(layer)].map(({ node }) => node.data ?? "\n").join("");
  return text.slice(start, end);
}
