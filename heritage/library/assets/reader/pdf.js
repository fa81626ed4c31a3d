// A PDF as a book of fixed pages for the engine: PDF.js draws each page to a picture, and its text is for the search.
import { getDocument, GlobalWorkerOptions } from "pdfjs-dist/legacy/build/pdf.mjs";

const WIDTH = 1200; // pixels of a page's picture before the device's own scale
const MOST_PIXELS = 12_000_000;

/** The book that foliate-js shows; `folder` is where the worker lies. */
export async function pdfBook(blob, folder) {
  GlobalWorkerOptions.workerSrc = `${folder}worker.js`;
  const pdf = await getDocument({
    data: await blob.arrayBuffer(),
    enableXfa: false,
    isEvalSupported: false,
    useWasm: false,
    wasmUrl: folder,
    stopAtErrors: false,
  }).promise;
  const pictures = new Map();
  const sections = Array.from({ length: pdf.numPages }, (_, index) => ({
    id: `page=${index + 1}`,
    size: 1000,
    load: () => load(pdf, index, pictures),
    unload: () => unload(index, pictures),
    createDocument: () => textOf(pdf, index),
  }));
  return {
    metadata: {},
    rendition: { layout: "pre-paginated" },
    sections,
    toc: await contents(pdf, (await pdf.getOutline()) ?? []),
    resolveHref: (href) => ({ index: Math.max(0, Math.min(pdf.numPages, Number(/page=(\d+)/.exec(href)?.[1] ?? 1)) - 1) }),
    splitTOCHref: (href) => [href, null],
    getTOCFragment: (document) => document.documentElement,
    destroy: () => pdf.destroy(),
  };
}

async function load(pdf, index, pictures) {
  if (pictures.has(index)) return pictures.get(index).page;
  const page = await pdf.getPage(index + 1);
  const plain = page.getViewport({ scale: 1 });
  const wanted = (WIDTH * Math.min(2, devicePixelRatio || 1)) / plain.width;
  const scale = Math.min(wanted, Math.sqrt(MOST_PIXELS / (plain.width * plain.height)));
  const viewport = page.getViewport({ scale });
  const canvas = Object.assign(document.createElement("canvas"), { width: viewport.width, height: viewport.height });
  await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
  const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  const picture = URL.createObjectURL(drawn);
  const { items } = await page.getTextContent();
  const words = document.createElement("img");
  words.alt = items.map((item) => item.str).join(" ").slice(0, 20_000);
  words.src = picture;
  words.setAttribute("style", "display:block;width:100%;height:100%");
  const size = `width=${Math.round(plain.width)}, height=${Math.round(plain.height)}`;
  const html = `<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="${size}"></head><body style="margin:0;background:#fff">${words.outerHTML}</body></html>`;
  const address = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  pictures.set(index, { page: address, picture });
  return address;
}

function unload(index, pictures) {
  for (const address of Object.values(pictures.get(index) ?? {})) URL.revokeObjectURL(address);
  pictures.delete(index);
}

/** The text of one page as a document, a paragraph for each line. */
async function textOf(pdf, index) {
  const page = await pdf.getPage(index + 1);
  const { items } = await page.getTextContent();
  const made = document.implementation.createHTMLDocument();
  const paragraph = made.createElement("p");
  paragraph.textContent = items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("");
  made.body.append(paragraph);
  return made;
}

async function contents(pdf, outline) {
  const rows = [];
  for (const { title, dest, items } of outline.slice(0, 2000)) {
    rows.push({ label: title, href: `page=${await pageOf(pdf, dest)}`, subitems: items?.length ? await contents(pdf, items) : null });
  }
  return rows;
}

async function pageOf(pdf, dest) {
  try {
    const place = typeof dest === "string" ? await pdf.getDestination(dest) : dest;
    const [page] = place ?? [];
    return (typeof page === "number" ? page : await pdf.getPageIndex(page)) + 1;
  } catch {
    return 1;
  }
}
