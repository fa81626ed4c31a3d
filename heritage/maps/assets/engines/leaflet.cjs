// Engines draw on the map that is there: its own copy of Leaflet, not another.
module.exports = globalThis.L;
