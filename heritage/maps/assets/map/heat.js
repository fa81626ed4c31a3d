// Density under the marks: a soft spot for each small cell, as strong as its count, coloured from light to dark.
import L from "leaflet";

const RADIUS = 26; // pixels
const STEPS = [[255, 237, 180], [244, 165, 90], [190, 70, 60], [90, 20, 60]]; // ever darker: readable without colours

export const HeatLayer = L.Layer.extend({
  initialize(part, query) {
    this.part = part;
    this.query = query;
  },

  onAdd(map) {
    if (!map.getPane("heat")) map.createPane("heat").style.zIndex = 300;
    this.canvas = L.DomUtil.create("canvas", "heat leaflet-zoom-hide", map.getPane("heat"));
    this.ask();
  },

  onRemove() {
    this.request?.abort();
    this.canvas.remove();
    this.canvas = null;
  },

  getEvents() {
    return { moveend: this.ask, resize: this.ask, chosen: this.ask };
  },

  async ask() {
    this.request?.abort();
    this.request = new AbortController();
    if (/layers=none(&|$)/.test(this.query())) return this.draw([]); // nothing is chosen
    try {
      const answer = await fetch(`${this.part.address}?${this.query()}`, { signal: this.request.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const { cells } = await answer.json();
      if (this.canvas) this.draw(cells);
    } catch (error) {
      if (error.name !== "AbortError") this.fire("away");
    }
  },

  draw(cells) {
    const map = this._map;
    const size = map.getSize();
    L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]));
    Object.assign(this.canvas, { width: size.x, height: size.y });
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    const most = cells.reduce((top, [, , count]) => Math.max(top, count), 1);
    for (const [longitude, latitude, count] of cells) {
      const { x, y } = map.latLngToContainerPoint([latitude, longitude]);
      const spot = context.createRadialGradient(x, y, 0, x, y, RADIUS);
      spot.addColorStop(0, `rgb(0 0 0 / ${0.2 + 0.8 * Math.sqrt(count / most)})`);
      spot.addColorStop(1, "rgb(0 0 0 / 0)");
      context.fillStyle = spot;
      context.fillRect(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
    }
    coloured(context, size);
    this.canvas.dataset.cells = String(cells.length);
  },
});

function coloured(context, { x, y }) {
  if (!x || !y) return;
  const picture = context.getImageData(0, 0, x, y);
  const { data } = picture;
  for (let at = 0; at < data.length; at += 4) {
    if (!data[at + 3]) continue;
    const place = (data[at + 3] / 255) * (STEPS.length - 1);
    const low = Math.min(Math.floor(place), STEPS.length - 2);
    for (let band = 0; band < 3; band += 1) data[at + band] = STEPS[low][band] + (STEPS[low + 1][band] - STEPS[low][band]) * (place - low);
    data[at + 3] = Math.min(230, 40 + data[at + 3] * 0.75);
  }
  context.putImageData(picture, 0, 0);
}
