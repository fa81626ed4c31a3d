// The parts of PDF.js that are only for those who open a PDF: the view with its style sheet, the worker beside the page,
// letters of files that bring none of their own (Hán and other East Asian ones among them), and decoders of JPEG 2000 and
// JBIG2 pictures that need no WebAssembly, which the reader's content security policy does not let run.
import { copyFile, cp, mkdir, readdir } from "node:fs/promises";
import { build } from "esbuild";
import path from "node:path";

export default async function pdf({ out, root }) {
  const from = path.join(root, "node_modules/pdfjs-dist");
  const to = path.join(out, "pdf");
  await mkdir(to, { recursive: true });
  await build({
    entryPoints: [path.join(root, "heritage/library/assets/reader/pdf.js")],
    outfile: path.join(to, "book.js"),
    bundle: true,
    format: "esm",
    target: ["es2022"],
    minify: true,
    logLevel: "warning",
  });
  await build({
    stdin: { contents: '@import "pdfjs-dist/legacy/web/pdf_viewer.css"; @import "./pdf.css";', loader: "css", resolveDir: path.join(root, "heritage/library/assets/reader") },
    outfile: path.join(to, "book.css"),
    bundle: true,
    target: ["chrome109", "firefox115", "safari16"],
    minify: true,
    loader: { ".svg": "dataurl", ".gif": "dataurl" },
    logLevel: "error", // the sheet of PDF.js has rules that older browsers take no notice of
  });
  for (const folder of ["cmaps", "standard_fonts"]) await cp(path.join(from, folder), path.join(to, folder), { recursive: true });
  await copyFile(path.join(from, "legacy/build/pdf.worker.min.mjs"), path.join(to, "worker.js"));
  for (const file of await readdir(path.join(from, "wasm"))) {
    if (file.endsWith("nowasm_fallback.js")) await copyFile(path.join(from, "wasm", file), path.join(to, file));
  }
}
