// IIIF Content State 1.0: a detail of a canvas as one piece of text that any viewer can open, and back.
const CONTEXT = "http://iiif.io/api/presentation/3/context.json";

// Section 6: UTF-8, percent-encoded first, then base64url without padding.
export function encode(text) {
  return btoa(encodeURIComponent(text)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function decode(value) {
  return decodeURIComponent(atob(value.replaceAll("-", "+").replaceAll("_", "/")));
}

export function annotation(manifest, canvas, region) {
  return {
    "@context": CONTEXT,
    id: `${canvas}#state`,
    type: "Annotation",
    motivation: ["contentState"],
    target: { id: region ? `${canvas}#xywh=${region.join(",")}` : canvas, type: "Canvas", partOf: [{ id: manifest, type: "Manifest" }] },
  };
}

// What a content state means, whatever its form: {manifest, canvas, region}, each null where it says nothing of it.
export function read(value) {
  let state = value.trim();
  if (!/^(https?:|\{)/.test(state)) state = decode(state);
  if (state.startsWith("http")) return { manifest: state.split("#")[0], canvas: state.split("#")[0], region: region(state) };
  const document = JSON.parse(state);
  let target = document.type === "Annotation" ? document.target : document;
  if (Array.isArray(target)) [target] = target;
  if (typeof target === "string") target = { id: target, type: "Canvas" };
  if (target.type === "SpecificResource") {
    const { source, selector } = target;
    const fragment = selector?.type === "FragmentSelector" ? `#${selector.value}` : "";
    target = typeof source === "string" ? { id: source + fragment, type: "Canvas" } : { ...source, id: source.id + fragment };
  }
  const address = target.id.split("#")[0];
  if (target.type === "Manifest") return { manifest: address, canvas: null, region: null };
  const part = [target.partOf].flat()[0];
  return { manifest: (typeof part === "string" ? part : part?.id) ?? null, canvas: address, region: region(target.id) };
}

function region(address) {
  const found = /#(?:.*&)?xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)/.exec(address);
  return found ? found.slice(1).map(Number) : null;
}
