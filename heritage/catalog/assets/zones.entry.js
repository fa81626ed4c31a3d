// The map in which staff draw and import protection zones; a Stimulus controller of Wagtail's own application,
// so that rows added later get their map too.
import { zoneMapController } from "./zones/controller.js";

window.wagtail.app.register("zone-map", zoneMapController(window.StimulusModule.Controller));
