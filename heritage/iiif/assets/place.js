// Where the address of the page leads: #TN01.1/x,y,w,h or #TN01.1, or ?iiif-content= with a content state.
import { read } from "./content_state.js";

const HASH = /^#([A-Za-z0-9_.-]+)(?:\/(\d+),(\d+),(\d+),(\d+))?$/;

// The index of a page and a region in pixels of its canvas, null where none of these pages is meant.
export function placeIn(pages, address = new URL(location.href)) {
  const hash = HASH.exec(decodeURIComponent(address.hash));
  if (hash) return at(pages, (page) => page.image === hash[1], hash[2] === undefined ? null : hash.slice(2).map(Number));
  const content = address.searchParams.get("iiif-content");
  return content ? placeOf(pages, content) : null;
}

export function placeOf(pages, content) {
  try {
    const state = read(content);
    return at(pages, (page) => samePath(page.canvas, state.canvas), state.region) ?? at(pages, (page) => samePath(page.manifest, state.manifest), null);
  } catch {
    return null; // what cannot be read leads nowhere
  }
}

function at(pages, matches, region) {
  const index = pages.findIndex(matches);
  return index < 0 ? null : { index, region };
}

// The archive may answer under several names; its own paths are what tells one canvas from another.
function samePath(ours, theirs) {
  if (!theirs) return false;
  const { pathname } = new URL(theirs, location.href);
  return new URL(ours, location.href).pathname === pathname;
}
