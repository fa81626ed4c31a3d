import { zoneMap } from "./map.js";
import { ask, get } from "./asking.js";

const WAIT = 400; // milliseconds after the last stroke

export function zoneMapController(Controller) {
  return class extends Controller {
    static targets = ["map", "size", "problems", "import", "file", "meridian", "usual", "list", "choices", "text", "value"];
    static values = { config: Object };

    connect() {
      this.mapTarget.hidden = false;
      this.importTarget.hidden = false;
      // A map in a closed tab has no size; it is made when it is first seen.
      this.seen = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && this.begin());
      this.seen.observe(this.mapTarget);
    }

    disconnect() {
      this.seen?.disconnect();
      clearTimeout(this.waiting);
      this.map?.remove();
      this.map = null;
    }

    begin() {
      this.seen.disconnect();
      if (this.map) return;
      this.map = zoneMap(this.mapTarget, this.configValue, this.point(), () => this.drawn());
      this.show(this.valueTarget.value);
    }

    get words() {
      return this.configValue.words;
    }

    // The record's own point as it stands in the form now.
    point() {
      const [latitude, longitude, accuracy] = ["latitude", "longitude", "coord_accuracy_m"].map(
        (name) => document.querySelector(`form [name="${name}"]`)?.value.trim().replace(",", ".") ?? "",
      );
      const whole = latitude !== "" && longitude !== "" && isFinite(latitude) && isFinite(longitude);
      return whole ? { latitude, longitude, accuracy } : null;
    }

    get unit() {
      return document.querySelector('form [name="unit"]')?.value ?? "";
    }

    // Where the record is, as the server is told it.
    place() {
      return { unit: this.unit, ...this.point() };
    }

    // The province's own meridian stands ready once its unit is chosen; what somebody chose stays.
    async propose({ target }) {
      const unit = this.unit;
      if (!target.open || !unit || unit === this.proposedFor) return;
      const answer = await get(`${this.configValue.meridians}?unit=${encodeURIComponent(unit)}`);
      const meridians = answer.meridians ?? [];
      if (!meridians.length) return;
      this.proposedFor = unit;
      const written = meridians.map((one) => `${one.label} (${one.provinces.join(", ")})`).join("; ");
      this.usualTarget.textContent = this.words.usual.replace("{meridians}", written);
      if (!this.meridianTarget.value) this.meridianTarget.value = meridians[0].value;
    }

    show(text) {
      let geometry = null;
      try {
        geometry = text.trim() ? JSON.parse(text) : null;
      } catch {
        this.textTarget.open = true; // the text is there to be mended
      }
      this.map.show(geometry);
      this.check();
    }

    typed() {
      if (this.map) this.show(this.valueTarget.value);
    }

    drawn() {
      const geometry = this.map.geometry();
      this.write(geometry);
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.check(), WAIT);
    }

    write(geometry) {
      this.valueTarget.value = geometry ? JSON.stringify(geometry) : "";
      this.valueTarget.dispatchEvent(new Event("input", { bubbles: true })); // Wagtail warns of unsaved changes
    }

    async check() {
      const text = this.valueTarget.value;
      if (!text.trim()) {
        this.report([], this.words.none);
        return;
      }
      const answer = await ask(this.configValue.check, { geometry: text, ...this.place() });
      if (this.valueTarget.value !== text || !this.map) return; // drawn on meanwhile
      const area = answer.areas?.[0];
      this.report(area?.problems ?? answer.problems ?? [{ message: this.words.failed }], this.size(area));
    }

    size(area) {
      if (area?.area_m2 == null) return "";
      const language = document.documentElement.lang || "vi";
      const written = (value, digits) => value.toLocaleString(language, { maximumFractionDigits: digits });
      const parts = [this.words.area.replace("{area}", written(area.area_m2, 1))];
      const stated = Number(this.stated()?.value);
      if (stated > 0) {
        const percent = ((area.area_m2 - stated) / stated) * 100;
        parts.push(this.words.stated.replace("{percent}", (percent > 0 ? "+" : "") + written(percent, 1)));
      }
      return parts.join(" · ");
    }

    stated() {
      const name = this.valueTarget.name.replace(/geometry$/, "stated_area_m2");
      return document.querySelector(`[name="${CSS.escape(name)}"]`);
    }

    report(problems, size) {
      this.sizeTarget.textContent = size;
      this.problemsTarget.replaceChildren(
        ...problems.map((problem) => Object.assign(document.createElement("li"), { textContent: problem.message })),
      );
      this.map?.mark(problems);
    }

    async importFile() {
      const file = this.fileTarget.files[0];
      if (!file) return;
      await this.import({ file });
      this.fileTarget.value = ""; // the same file may be chosen again once it is mended; and it is not part of the form
    }

    async importList() {
      await this.import({ list: this.listTarget.value, meridian: this.meridianTarget.value });
    }

    async import(fields) {
      this.begin();
      const answer = await ask(this.configValue.read, { ...fields, ...this.place() });
      const areas = answer.areas ?? [];
      this.choicesTarget.replaceChildren();
      if (!areas.length) {
        this.report(answer.problems ?? [{ message: this.words.failed }], "");
      } else if (areas.length === 1) {
        this.take(areas[0]);
      } else {
        this.offer(areas);
      }
    }

    offer(areas) {
      const lead = Object.assign(document.createElement("p"), { textContent: this.words.several });
      const list = document.createElement("ul");
      areas.forEach((area, index) => {
        const item = document.createElement("li");
        const name = area.name || this.words.nameless.replace("{number}", index + 1);
        const button = Object.assign(document.createElement("button"), { type: "button", textContent: this.words.take });
        button.className = "button button-small button-secondary";
        button.addEventListener("click", () => this.take(area));
        item.append(`${name} ${this.size(area)} `, button);
        list.append(item);
      });
      this.choicesTarget.replaceChildren(lead, list);
    }

    // Shown even where it is refused, so that one sees why.
    take(area) {
      this.write(area.geometry);
      this.map.show(area.geometry);
      this.report(area.problems, this.size(area));
    }
  };
}
