// Georeferenced scans laid on the map: tiles of the Image API, drawn through the affine transformation that the server
// made of the control points (image pixels -> Web Mercator, the world from 0 to 1).
import L from "leaflet";

const MOST_TILES = 60; // of one view; a coarser size is taken rather than more
const KEPT = 150;

export const HistoricalLayer = L.Layer.extend({
  initialize(sheet, opacity) {
    this.sheet = sheet;
    this.opacity = opacity;
    this.tiles = new Map();
  },

  onAdd(map) {
    if (!map.getPane("historical")) map.createPane("historical").style.zIndex = 250; // over basemaps, under shapes and marks
    this.canvas = L.DomUtil.create("canvas", "historical leaflet-zoom-animated", map.getPane("historical"));
    this.setOpacity(this.opacity);
    this.canvas.dataset.sheet = this.sheet.id;
    if (this.info) return this.draw();
    return fetch(`${this.sheet.service}/info.json`)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then((info) => {
        this.info = info;
        this.draw();
      })
      .catch(() => this.fire("away"));
  },

  onRemove() {
    this.canvas.remove();
    this.canvas = null;
  },

  getEvents() {
    return { moveend: this.draw, resize: this.draw, zoomanim: this.follow };
  },

  setOpacity(opacity) {
    this.opacity = opacity;
    if (this.canvas) this.canvas.style.opacity = opacity;
  },

  // While a zoom is animated the old drawing is stretched along.
  follow({ center, zoom }) {
    if (!this.canvas || !this._map.options.zoomAnimation) return;
    const scale = this._map.getZoomScale(zoom, this.drawnZoom);
    const offset = this._map._latLngToNewLayerPoint(this._map.layerPointToLatLng(this.origin), zoom, center);
    L.DomUtil.setTransform(this.canvas, offset, scale);
  },

  draw() {
    if (!this.canvas || !this.info) return;
    const map = this._map;
    const size = map.getSize();
    this.origin = map.containerPointToLayerPoint([0, 0]);
    this.drawnZoom = map.getZoom();
    L.DomUtil.setPosition(this.canvas, this.origin);
    const dense = Math.min(devicePixelRatio || 1, 2);
    Object.assign(this.canvas, { width: size.x * dense, height: size.y * dense });
    Object.assign(this.canvas.style, { width: `${size.x}px`, height: `${size.y}px` });
    this.turn = (this.turn ?? 0) + 1;
    const matrix = this.matrix(dense);
    const { factor, wanted } = this.wanted(matrix, size.multiplyBy(dense));
    const context = this.canvas.getContext("2d");
    for (const tile of wanted) this.put(context, matrix, tile, factor, this.turn);
  },

  // From pixels of the image as it is served to pixels of the canvas.
  matrix(dense) {
    const [a, b, c, d, e, f] = this.sheet.matrix;
    const world = 256 * 2 ** this._map.getZoom() * dense;
    const corner = this._map.getPixelBounds().min.multiplyBy(dense);
    const reduced = this.sheet.width / this.info.width;
    return [a * world * reduced, b * world * reduced, c * world * reduced, d * world * reduced, e * world - corner.x, f * world - corner.y];
  },

  wanted(matrix, size) {
    const [a, b, c, d, e, f] = matrix;
    const determinant = a * d - b * c;
    const back = (x, y) => [(d * (x - e) - c * (y - f)) / determinant, (a * (y - f) - b * (x - e)) / determinant];
    const corners = [back(0, 0), back(size.x, 0), back(0, size.y), back(size.x, size.y)];
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    const { width, height, tiles: [{ width: side, scaleFactors }] } = this.info;
    const box = [Math.max(0, Math.min(...xs)), Math.max(0, Math.min(...ys)), Math.min(width, Math.max(...xs)), Math.min(height, Math.max(...ys))];
    if (box[0] >= box[2] || box[1] >= box[3]) return { factor: 1, wanted: [] };
    const shown = 1 / Math.sqrt(Math.abs(determinant)); // image pixels for one of the canvas
    const factors = [...scaleFactors].sort((one, other) => one - other);
    let index = Math.max(0, factors.findLastIndex((one) => one <= shown));
    let wanted = grid(box, side * factors[index], width, height);
    while (wanted.length > MOST_TILES && index + 1 < factors.length) wanted = grid(box, side * factors[++index], width, height);
    return { factor: factors[index], wanted: wanted.slice(0, MOST_TILES) };
  },

  put(context, matrix, [x, y, width, height], factor, turn) {
    const address = `${this.sheet.service}/${x},${y},${width},${height}/${Math.ceil(width / factor)},${Math.ceil(height / factor)}/0/default.jpg`;
    const draw = () => {
      if (turn !== this.turn || !this.canvas) return;
      context.setTransform(...matrix);
      context.drawImage(tile, x, y, width + 0.5 * factor, height + 0.5 * factor); // no seam between tiles
      this.canvas.dataset.drawn = String(Number(this.canvas.dataset.drawn ?? 0) + 1);
    };
    let tile = this.tiles.get(address);
    if (tile?.complete) return draw();
    if (!tile) {
      tile = new Image();
      tile.src = address;
      this.tiles.set(address, tile);
      if (this.tiles.size > KEPT) this.tiles.delete(this.tiles.keys().next().value);
    }
    tile.addEventListener("load", draw, { once: true });
    return undefined;
  },
});

function grid([left, top, right, bottom], step, width, height) {
  const found = [];
  for (let y = Math.floor(top / step) * step; y < bottom; y += step) {
    for (let x = Math.floor(left / step) * step; x < right; x += step) found.push([x, y, Math.min(step, width - x), Math.min(step, height - y)]);
  }
  return found;
}
