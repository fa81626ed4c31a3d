// A marker laid flat into its pane. Leaflet's own is moved by a transform, and for each such thing a browser keeps a space
// of its own: with a thousand of them sorting these takes longer than drawing. Only the pane moves while the map does, so a
// plain position costs nothing. Who stands above whom follows from the order of adding, unless a marker is raised. After a
// zoom they are moved by map/moving.js, and hidden with their pane while it goes on: a class on each would be looked up anew.
import L from "leaflet";

export const FlatMarker = L.Marker.extend({
  getEvents: () => ({}),

  _initIcon() {
    L.Marker.prototype._initIcon.call(this);
    this._icon.classList.remove("leaflet-zoom-hide");
  },

  _setPos(at) {
    this._icon._leaflet_pos = at; // where Leaflet looks it up
    this._icon.style.left = `${at.x}px`;
    this._icon.style.top = `${at.y}px`;
    if (!this.options.zIndexOffset) return;
    this._zIndex = at.y + this.options.zIndexOffset;
    this._resetZIndex();
  },
});
