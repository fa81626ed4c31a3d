// A book's own recorded voice (EPUB media overlays) and the mark that goes along on the text. The mark can run ahead of
// the sound, for who reads before hearing or for a file whose times are late, or after it, for headphones that are late.
import { spokenOf } from "./smil.js";

const LOOK_MS = 40; // a mark is off by no more; the sound's own events come every quarter of a second
const SEAM_S = 0.3; // pieces this near to each other are played through

export class Narration extends EventTarget {
  #book; #overlay; #from; #show; #hide; #pieces = []; #section = -1; #at = -1; #marked = -1;
  #sound = new Audio(); #src = ""; #timer; #late = new Set(); #rate = 1; #delay = 0; #run = 0; #ended = false;
  playing = false;

  /** `from()` tells { index, isAhead(text) } of the screen; `show(text)` and `hide()` draw the mark. */
  constructor(book, { from, show, hide }) {
    super();
    this.#book = book;
    this.#overlay = book.getMediaOverlay();
    [this.#from, this.#show, this.#hide] = [from, show, hide];
    this.#sound.addEventListener("error", () => this.#src && this.stop("failed"));
  }

  async play() {
    try {
      if (this.#at < 0) await this.#begin();
      else await this.#sound.play();
      this.#state(!this.#ended);
    } catch (error) {
      if (error?.name !== "AbortError") this.stop("failed");
    }
  }

  pause() {
    this.#sound.pause();
    this.#state(false);
  }

  next() { return this.#move(1); }
  previous() { return this.#move(-1); }
  setRate(rate) {
    this.#rate = rate;
    Object.assign(this.#sound, { defaultPlaybackRate: rate, playbackRate: rate, preservesPitch: true });
  }
  /** Milliseconds that the mark comes after the sound; below zero: before it. */
  setDelay(milliseconds) { this.#delay = Math.min(1000, Math.max(-1000, milliseconds)); }

  stop(why = "") {
    if (this.#ended) return;
    this.#ended = true;
    this.#run += 1;
    this.#quiet();
    this.#sound.pause();
    this.#sound.removeAttribute("src");
    if (this.#src) URL.revokeObjectURL(this.#src);
    this.#src = "";
    this.#hide();
    this.#state(false);
    this.dispatchEvent(Object.assign(new Event("stopped"), { why }));
  }

  async #begin() {
    const { index, isAhead } = this.#from();
    await this.#load(index);
    const first = this.#pieces.findIndex(({ text }) => isAhead(text));
    await (first >= 0 ? this.#start(first) : this.#chapter(1));
  }

  async #load(index) {
    const { mediaOverlay } = this.#book.sections[index];
    this.#pieces = mediaOverlay ? spokenOf(await this.#overlay.loadXML(mediaOverlay.href), mediaOverlay.href) : [];
    this.#section = index;
  }

  /** The next chapter with a voice in a direction; the end of the book ends it. */
  async #chapter(step) {
    for (let index = this.#section + step; this.#book.sections[index]; index += step) {
      await this.#load(index);
      if (this.#pieces.length) return this.#start(step > 0 ? 0 : this.#pieces.length - 1);
    }
    return this.stop();
  }

  /** Plays piece `at` of the chapter from its beginning. */
  async #start(at) {
    const run = (this.#run += 1);
    const { src, begin } = this.#pieces[at];
    const before = this.#pieces[this.#at]?.src;
    this.#at = at;
    this.#quiet();
    if (src !== before || !this.#src) {
      this.#sound.pause();
      const blob = await this.#book.loadBlob(src);
      if (run !== this.#run) return;
      if (this.#src) URL.revokeObjectURL(this.#src);
      this.#src = this.#sound.src = URL.createObjectURL(blob);
      this.setRate(this.#rate);
    }
    this.#sound.currentTime = begin;
    this.#mark(at);
    this.#look();
    await this.#sound.play();
  }

  async #move(step) {
    const to = this.#at + step;
    this.#marked = -1;
    await (this.#pieces[to] ? this.#start(to) : this.#chapter(step)).catch(() => this.stop("failed"));
    if (!this.#ended) this.#state(true);
  }

  #look() {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#heard(), LOOK_MS);
  }

  #heard() {
    if (!this.playing) return;
    const now = this.#sound.currentTime;
    const piece = this.#pieces[this.#at];
    const next = this.#pieces[this.#at + 1];
    if (now >= piece.end || this.#sound.ended) {
      if (!next || next.src !== piece.src || Math.abs(next.begin - piece.end) > SEAM_S) return this.#move(1);
      this.#at += 1;
      return this.#mark(this.#at);
    }
    const ahead = Math.max(0, -this.#delay / 1000) * this.#rate;
    if (next && ahead && now + ahead >= piece.end) this.#mark(this.#at + 1);
  }

  #mark(at) {
    if (at === this.#marked) return;
    this.#marked = at;
    const { text } = this.#pieces[at];
    if (this.#delay <= 0) return this.#show(text);
    const late = setTimeout(() => { this.#late.delete(late); this.#show(text); }, this.#delay);
    this.#late.add(late);
  }

  #quiet() {
    clearInterval(this.#timer);
    for (const late of this.#late) clearTimeout(late);
    this.#late.clear();
    this.#marked = -1;
  }

  #state(playing) {
    this.playing = playing;
    this.dispatchEvent(new Event("state"));
  }
}
