// A marker laid flat into its pane. Leaflet's own is moved in three dimensions, and a browser keeps a layer of its own
// for each such thing: with a thousand of them sorting the layers takes longer than drawing. Who stands above whom
// follows from the order of adding, unless a marker is raised.
import L from "leaflet";

export const FlatMarker = L.Marker.extend({
  _setPos(at) {
    this._icon._leaflet_pos = at; // where Leaflet looks it up
    this._icon.style.transform = `translate(${at.x}px, ${at.y}px)`;
    if (!this.options.zIndexOffset) return;
    this._zIndex = at.y + this.options.zIndexOffset;
    this._resetZIndex();
  },
});
