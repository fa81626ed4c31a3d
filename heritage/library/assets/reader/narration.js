// A book's own recorded voice (EPUB media overlays, played by foliate-js), with the buttons' words for it. foliate-js
// plays on over chapters by itself but tells no state, so it is kept here; the end is known by silence.

const SILENCE_MS = 2500;

export class Narration extends EventTarget {
  #overlay; #from; #started = false; #delay = 0; #quiet; #stopping = new AbortController();
  playing = false;

  /** `from` starts the overlay at the first words on the screen. */
  constructor(overlay, from) {
    super();
    this.#overlay = overlay;
    this.#from = from;
    // wireless headphones are late by a part of a second: the marks wait as long
    overlay.dispatchEvent = (event) => {
      const tell = () => EventTarget.prototype.dispatchEvent.call(overlay, event);
      if (!this.#delay) return tell();
      setTimeout(tell, this.#delay);
      return true;
    };
    const { signal } = this.#stopping;
    overlay.addEventListener("highlight", () => clearTimeout(this.#quiet), { signal });
    overlay.addEventListener("unhighlight", () => this.#awaitEnd(), { signal });
    overlay.addEventListener("error", () => this.stop("failed"), { signal });
  }

  async play() {
    if (this.#started) this.#overlay.resume();
    else {
      this.#started = true;
      await this.#from();
    }
    this.#state(true);
  }

  pause() {
    this.#overlay.pause();
    clearTimeout(this.#quiet);
    this.#state(false);
  }

  next() { this.#overlay.next(); this.#state(true); }
  previous() { this.#overlay.prev(); this.#state(true); }
  setRate(rate) { this.#overlay.setRate(rate); }
  setDelay(milliseconds) { this.#delay = Math.min(1000, Math.max(0, milliseconds)); }

  stop(why = "") {
    clearTimeout(this.#quiet);
    this.#delay = 0;
    this.#overlay.stop();
    this.#stopping.abort();
    this.#state(false);
    this.dispatchEvent(Object.assign(new Event("stopped"), { why }));
  }

  #awaitEnd() {
    clearTimeout(this.#quiet);
    if (this.playing) this.#quiet = setTimeout(() => this.stop(), SILENCE_MS);
  }

  #state(playing) {
    this.playing = playing;
    this.dispatchEvent(new Event("state"));
  }
}
