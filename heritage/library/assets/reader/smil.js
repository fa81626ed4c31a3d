// EPUB media overlays (EPUB 3.3, section 9): which words of a chapter a recorded voice speaks when.

const SMIL = "http://www.w3.org/ns/SMIL";

/** The spoken pieces of an overlay in order: [{ text, src, begin, end }], seconds; `end` is Infinity where none is named. */
export function spokenOf(document, href) {
  return [...document.getElementsByTagNameNS(SMIL, "par")].flatMap((par) => {
    const [text] = par.getElementsByTagNameNS(SMIL, "text");
    const [audio] = par.getElementsByTagNameNS(SMIL, "audio");
    if (!text?.getAttribute("src") || !audio?.getAttribute("src")) return [];
    const begin = seconds(audio.getAttribute("clipBegin")) ?? 0;
    return [{ text: resolve(text.getAttribute("src"), href), src: resolve(audio.getAttribute("src"), href), begin, end: seconds(audio.getAttribute("clipEnd")) ?? Infinity }];
  });
}

/** `0:01:02.5`, `62.5s`, `1.04min`, `62500ms`, `62.5` (SMIL 3.0, clock values); undefined where it is none. */
export function seconds(clock) {
  const parts = /^(?:(?:(\d+):)?([0-5]?\d):)?(\d+(?:\.\d+)?)(h|min|s|ms)?$/.exec((clock ?? "").trim());
  if (!parts) return undefined;
  const [, hours = 0, minutes = 0, rest, unit = "s"] = parts;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest) * { h: 3600, min: 60, s: 1, ms: 0.001 }[unit];
}

/** A path inside the book's file, against the file that names it. */
function resolve(path, from) {
  const root = "https://book.invalid/";
  return decodeURI(new URL(path, root + from.split("/").map(encodeURIComponent).join("/")).href.slice(root.length));
}
