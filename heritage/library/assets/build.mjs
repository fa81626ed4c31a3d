// The parts of PDF.js that run beside the page: its worker, and decoders of JPEG 2000 and JBIG2 pictures that need no
// WebAssembly, which the reader's content security policy does not let run.
import { copyFile, mkdir, readdir } from "node:fs/promises";
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
  await copyFile(path.join(from, "legacy/build/pdf.worker.min.mjs"), path.join(to, "worker.js"));
  for (const file of await readdir(path.join(from, "wasm"))) {
    if (file.endsWith("nowasm_fallback.js")) await copyFile(path.join(from, "wasm", file), path.join(to, file));
  }
}
