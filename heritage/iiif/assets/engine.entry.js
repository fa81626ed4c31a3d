// OpenSeadragon by itself: fetched only when a viewer comes near the screen.
export { default } from "openseadragon";
