// Finding words in a chapter whatever marks they carry: "dinh lang" finds "Đình làng".

const AROUND = 40;

/** Folded text (ligatures of print taken apart), and for each of its characters the place in the original. */
export function fold(text) {
  const places = [];
  let folded = "";
  for (let at = 0; at < text.length; at++) {
    const bare = text[at].normalize("NFKD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
    const piece = /\s/u.test(bare) ? (folded.endsWith(" ") ? "" : " ") : bare;
    for (const _character of piece) places.push(at);
    folded += piece;
  }
  return { folded, places };
}

/** Yields { range, before, hit, after } for each time `words` stand in the document. */
export function* findIn(document, words) {
  const wanted = fold(words.trim()).folded;
  if (!wanted) return;
  const nodes = textNodes(document.body);
  const text = nodes.map((node) => node.data).join("");
  const { folded, places } = fold(text);
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const start = places[at];
    const end = places[at + wanted.length - 1] + 1;
    yield {
      range: rangeOf(document, nodes, start, end),
      before: text.slice(Math.max(0, start - AROUND), start).replace(/\s+/gu, " "),
      hit: text.slice(start, end),
      after: text.slice(end, end + AROUND).replace(/\s+/gu, " "),
    };
  }
}

function textNodes(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

export function rangeOf(document, nodes, start, end) {
  const range = document.createRange();
  let passed = 0;
  for (const node of nodes) {
    const length = node.data.length;
    if (start >= passed && start < passed + length) range.setStart(node, start - passed);
    if (end > passed && end <= passed + length) {
      range.setEnd(node, end - passed);
      break;
    }
    passed += length;
  }
  return range;
}

/**
 * The same words as `range`, begun and ended within text. What is chosen by three clicks, by keyboard or by a screen
 * reader ends at an element, and the address of such a place (EPUB CFI) does not tell on which side of it.
 */
export function withinText(range) {
  const root = range.commonAncestorContainer;
  const nodes = root.nodeType === 3 ? [root] : textNodes(root).filter((node) => range.intersectsNode(node));
  const parts = nodes.map((node) => ({
    node,
    start: node === range.startContainer ? range.startOffset : 0,
    end: node === range.endContainer ? range.endOffset : node.data.length,
  })).filter(({ node, start, end }) => node.data.slice(start, end).trim());
  if (!parts.length) return range;
  const whole = root.ownerDocument.createRange();
  whole.setStart(parts[0].node, parts[0].start);
  whole.setEnd(parts.at(-1).node, parts.at(-1).end);
  return whole;
}
