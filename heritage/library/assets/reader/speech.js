// Reading aloud with a voice of this device (Web Speech API). Without a voice for the language of the text nothing is
// spoken: Vietnamese in an English voice helps nobody.

const WAIT_FOR_VOICES_MS = 1500;
const short = (lang) => (lang || "").toLowerCase().split(/[-_]/)[0];

/** Voices come late in some browsers; [] where there are none. */
export async function voices() {
  const synthesis = globalThis.speechSynthesis;
  if (!synthesis) return [];
  if (!synthesis.getVoices().length) {
    await new Promise((resolve) => {
      synthesis.addEventListener?.("voiceschanged", resolve, { once: true });
      setTimeout(resolve, WAIT_FOR_VOICES_MS);
    });
  }
  return synthesis.getVoices();
}

/** Speaks sentences one after another. Events: "state", and "stopped" with `why`: "", "no-voice" (with `lang`), "failed". */
export class Speech extends EventTarget {
  #sentences; #back = []; #current = null; #run = 0;
  rate = 1;
  playing = false;

  /** `sentences` is an async iterator of { text, lang, show(), hide() }. */
  constructor(sentences) {
    super();
    this.#sentences = sentences;
  }

  async play() {
    if (this.#current) return this.#speak();
    return this.#step();
  }

  pause() {
    this.#run += 1;
    globalThis.speechSynthesis?.cancel();
    this.#state(false);
  }

  stop(why = "", lang = "") {
    this.pause();
    this.#current?.hide();
    this.#current = null;
    this.dispatchEvent(Object.assign(new Event("stopped"), { why, lang }));
  }

  next() { return this.#move(() => this.#step()); }

  previous() {
    return this.#move(() => {
      const before = this.#back.pop();
      if (!before) return this.#speak();
      this.#ahead.unshift(this.#current);
      return this.#take(before);
    });
  }

  setRate(rate) {
    this.rate = rate;
    if (this.playing) this.#speak();
  }

  #ahead = [];

  #move(act) {
    this.#run += 1;
    globalThis.speechSynthesis?.cancel();
    return act();
  }

  async #step() {
    const run = this.#run;
    const ahead = this.#ahead.shift();
    const { value, done } = ahead ? { value: ahead } : await this.#sentences.next();
    if (run !== this.#run) return undefined;
    if (done) return this.stop();
    if (this.#current) this.#back.push(this.#current);
    return this.#take(value);
  }

  #take(sentence) {
    this.#current?.hide();
    this.#current = sentence;
    return this.#speak();
  }

  async #speak() {
    const run = (this.#run += 1);
    const { text, lang } = this.#current;
    globalThis.speechSynthesis?.cancel();
    const voice = (await voices()).find((one) => short(one.lang) === short(lang));
    if (run !== this.#run) return;
    if (!voice) return this.stop("no-voice", lang);
    this.#current.show();
    const utterance = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang, rate: this.rate });
    utterance.onend = () => run === this.#run && this.#step();
    utterance.onerror = ({ error }) => run === this.#run && error !== "interrupted" && error !== "canceled" && this.stop("failed");
    this.#state(true);
    globalThis.speechSynthesis.speak(utterance);
  }

  #state(playing) {
    this.playing = playing;
    this.dispatchEvent(new Event("state"));
  }
}
