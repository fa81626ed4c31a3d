// The bar for listening to an e-book: its recorded voice where the book has one (media overlays), else a voice of the
// device. One set of buttons for both.
import { Speech } from "./speech.js";

const SETTINGS = "reader:aloud";

export function wireAloud(view, words, say) {
  const $ = (id) => document.getElementById(id);
  if (!$("open-aloud")) return { toggle() {}, shift() {} }; // a book of pictures has nothing to read aloud
  const bar = $("aloud");
  let source = null;
  const kept = read();
  $("aloud-rate").value = kept.rate;
  if ($("aloud-rate").selectedIndex < 0) $("aloud-rate").value = "1";
  $("aloud-delay").value = kept.delay;
  sayDelay();

  function open() {
    const recorded = view.hasVoiceHere();
    source = recorded ? view.narration() : new Speech(view.sentences());
    source.setRate(Number($("aloud-rate").value));
    source.setDelay?.(Number($("aloud-delay").value));
    source.addEventListener("state", draw);
    source.addEventListener("stopped", ({ why, lang }) => close(why, lang));
    $("aloud-kind").textContent = recorded ? words.voice_recorded : words.voice_device;
    $("aloud-delay-field").hidden = !recorded;
    bar.hidden = false;
    $("open-aloud").setAttribute("aria-pressed", "true");
    source.play();
  }

  function close(why = "", lang = "") {
    source = null;
    bar.hidden = true;
    $("open-aloud").setAttribute("aria-pressed", "false");
    if (why === "no-voice") say(words.no_voice.replace("%(language)s", nameOf(lang)));
    if (why === "failed") say(words.voice_failed);
  }

  function draw() {
    const playing = source?.playing ?? false;
    $("aloud-play").dataset.playing = String(playing);
    $("aloud-play").setAttribute("aria-label", playing ? words.pause : words.play);
  }

  const toggle = () => (source?.playing ? source.pause() : source?.play());
  $("open-aloud").addEventListener("click", () => (source ? source.stop() : open()));
  $("aloud-play").addEventListener("click", toggle);
  $("aloud-back").addEventListener("click", () => source?.previous());
  $("aloud-on").addEventListener("click", () => source?.next());
  $("aloud-stop").addEventListener("click", () => source?.stop());
  $("aloud-rate").addEventListener("change", (event) => { source?.setRate(Number(event.target.value)); keep(); });
  $("aloud-delay").addEventListener("input", delay);

  function delay() {
    source?.setDelay?.(Number($("aloud-delay").value));
    sayDelay();
    keep();
  }

  function sayDelay() {
    const seconds = Number($("aloud-delay").value) / 1000;
    const said = seconds.toLocaleString(document.documentElement.lang, { style: "unit", unit: "second", signDisplay: "exceptZero", minimumFractionDigits: 1, maximumFractionDigits: 2 });
    $("aloud-delay-now").textContent = said;
    $("aloud-delay").setAttribute("aria-valuetext", seconds ? `${said}, ${seconds < 0 ? words.mark_before : words.mark_after}` : words.mark_with);
  }

  function shift(step) {
    if (!source?.setDelay) return;
    $("aloud-delay").value = String(Number($("aloud-delay").value) + step);
    delay();
  }

  addEventListener("pagehide", () => source?.stop());

  function keep() {
    try { localStorage.setItem(SETTINGS, JSON.stringify({ rate: $("aloud-rate").value, delay: $("aloud-delay").value })); } catch { /* still applied */ }
  }
  return { toggle: () => (source ? toggle() : open()), shift };
}

function read() {
  try { return { rate: "1", delay: "0", ...JSON.parse(localStorage.getItem(SETTINGS) ?? "{}") }; } catch { return { rate: "1", delay: "0" }; }
}

function nameOf(lang) {
  try { return new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(lang) ?? lang; } catch { return lang; }
}
