// A layer of a Web Map Tile Service (OGC 07-057r7): by template, or as its capabilities describe it.
import L from "leaflet";

const SCALE_0 = 559082264.028717; // scale denominator of zoom 0 in Web Mercator's well-known set (annex E.4)
const OWS = "http://www.opengis.net/ows/1.1";

export async function wmtsLayer(part, options) {
  if (/\{TileMatrix\}/i.test(part.url)) return L.tileLayer(template(part.url, part.matrix_set ?? "", part.style ?? "default"), options);
  const answer = await fetch(part.url);
  if (!answer.ok) throw new Error(`${part.url}: ${answer.status}`);
  const { url, matrices } = described(new DOMParser().parseFromString(await answer.text(), "application/xml"), part);
  const Layer = L.TileLayer.extend({
    getTileUrl({ x, y, z }) {
      return L.Util.template(url, { x, y, z: encodeURIComponent(matrices[z] ?? z) });
    },
  });
  const zooms = Object.keys(matrices).map(Number);
  return new Layer(url, { ...options, minNativeZoom: Math.min(...zooms), maxNativeZoom: Math.min(options.maxNativeZoom, Math.max(...zooms)) });
}

const template = (url, set, style) =>
  url
    .replace(/\{TileMatrixSet\}/gi, encodeURIComponent(set))
    .replace(/\{Style\}/gi, encodeURIComponent(style))
    .replace(/\{TileMatrix\}/gi, "{z}")
    .replace(/\{TileRow\}/gi, "{y}")
    .replace(/\{TileCol\}/gi, "{x}");

// The template of the wanted layer, and the name of the tile matrix of each zoom.
function described(document, part) {
  const all = (within, name) => [...within.getElementsByTagNameNS("*", name)];
  const own = (within, name) => [...within.children].find((child) => child.localName === name)?.textContent.trim();
  const named = (within) => [...within.children].find((child) => child.localName === "Identifier" && child.namespaceURI === OWS)?.textContent.trim();
  const layer = all(document, "Layer").find((one) => named(one) === part.layer);
  if (!layer) throw new Error(`no layer ${part.layer}`);
  const offered = all(layer, "TileMatrixSet").map((one) => one.textContent.trim());
  const sets = all(document, "TileMatrixSet").filter((one) => named(one) && offered.includes(named(one)));
  const set = sets.find((one) => (part.matrix_set ? named(one) === part.matrix_set : /(3857|900913)$/.test(own(one, "SupportedCRS") ?? "")));
  if (!set) throw new Error("no tile matrix set of Web Mercator");
  const matrices = {};
  for (const matrix of all(set, "TileMatrix")) {
    const zoom = Math.log2(SCALE_0 / Number(own(matrix, "ScaleDenominator")));
    if (Math.abs(zoom - Math.round(zoom)) < 0.01 && own(matrix, "TileWidth") === "256") matrices[Math.round(zoom)] = named(matrix);
  }
  if (!Object.keys(matrices).length) throw new Error("no tile matrix of a zoom");
  const styles = all(layer, "Style");
  const style = part.style ?? named(styles.find((one) => one.getAttribute("isDefault") === "true") ?? styles[0] ?? layer) ?? "default";
  const resource = all(layer, "ResourceURL").find((one) => one.getAttribute("resourceType") === "tile");
  const url = resource?.getAttribute("template") ?? byKeys(document, part, own(layer, "Format"), all);
  return { url: template(url, named(set), style), matrices };
}

// Services without templates answer key-value pairs (section 8.2).
function byKeys(document, part, format, all) {
  const operation = all(document, "Operation").find((one) => one.getAttribute("name") === "GetTile");
  const address = operation && all(operation, "Get")[0]?.getAttributeNS("http://www.w3.org/1999/xlink", "href");
  if (!address) throw new Error("no way to ask for a tile");
  const query = `service=WMTS&request=GetTile&version=1.0.0&layer=${encodeURIComponent(part.layer)}&style={Style}&format=${encodeURIComponent(part.format ?? format ?? "image/png")}`;
  const join = address.includes("?") ? (/[?&]$/.test(address) ? "" : "&") : "?";
  return `${address}${join}${query}&tilematrixset={TileMatrixSet}&tilematrix={TileMatrix}&tilerow={TileRow}&tilecol={TileCol}`;
}
