// The sentences of a chapter in reading order, for reading aloud: each with its language and its place in the page.
import { rangeOf } from "./finding.js";
import { isNoteSign, typesOf } from "./footnotes.js";

const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, dt, dd, blockquote, figcaption, caption, td, th, pre, div, section, body";
const SILENT = "script, style, rt, rp, [hidden], [aria-hidden=true], [role=doc-noteref], [role=doc-pagebreak], nav";
const MOST_CHARACTERS = 400; // some browsers break off a longer utterance

/** Yields { text, lang, range }; `range` is null for the words of a picture, such as a page of a PDF. */
export function* sentencesOf(document, language) {
  for (const nodes of blocksOf(document)) {
    const text = nodes.map((node) => node.data).join("");
    const lang = languageOf(nodes[0].parentElement) || language;
    for (const { at, words } of split(text, lang)) {
      yield { text: words.replace(/\s+/gu, " ").trim(), lang, range: rangeOf(document, nodes, at, at + words.length) };
    }
  }
  if (document.body?.textContent.trim()) return;
  for (const picture of document.querySelectorAll("img[alt]")) {
    for (const { words } of split(picture.alt, language)) yield { text: words.trim(), lang: language, range: null };
  }
}

/** Text nodes, one list for each block of text. */
function* blocksOf(document) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let nodes = [];
  let block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(SILENT) || isSilent(node)) continue;
    const own = node.parentElement.closest(BLOCKS);
    if (own !== block && nodes.length) {
      yield nodes;
      nodes = [];
    }
    block = own;
    nodes.push(node);
  }
  if (nodes.length) yield nodes;
}

const isSilent = ({ parentElement }) => {
  const sign = parentElement.closest("a, span, sup");
  return sign && (isNoteSign(sign, true) || typesOf(sign).has("pagebreak"));
};

function* split(text, lang) {
  let segments = [{ segment: text, index: 0 }];
  try {
    segments = new Intl.Segmenter(lang || undefined, { granularity: "sentence" }).segment(text);
  } catch {
    // no such language or no segmenter: the block as a whole
  }
  for (const { segment, index } of segments) {
    for (let from = 0; from < segment.length; ) {
      const rest = segment.slice(from);
      const words = rest.length > MOST_CHARACTERS ? rest.slice(0, rest.lastIndexOf(" ", MOST_CHARACTERS) + 1 || MOST_CHARACTERS) : rest;
      if (/[\p{L}\p{N}]/u.test(words)) yield { at: index + from, words };
      from += words.length;
    }
  }
}

function languageOf(element) {
  for (let one = element; one; one = one.parentElement) {
    const lang = one.getAttribute("lang") || one.getAttributeNS("http://www.w3.org/XML/1998/namespace", "lang");
    if (lang) return lang;
  }
  return "";
}
