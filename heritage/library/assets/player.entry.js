// The player of an audiobook: one <audio> over all tracks, chapters, speed, skips, a sleep timer, the place kept.
import { Store } from "./reader/store.js";
import { end, offerToKeep } from "./offline/button.js";
import { soundHere } from "./offline/kept.js";
import { offerOtherForm } from "./reader/carried.js";
import { wireMarks } from "./player/marks.js";
import { wireQueue } from "./player/queue.js";
import { wireSleep } from "./player/sleep.js";
import { chapterAt, clock, trackAt } from "./player/timeline.js";
import { wireTranscript } from "./player/transcript.js";

const $ = (id) => document.getElementById(id);
const book = JSON.parse($("book-data").textContent);
const audio = $("audio");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const store = new Store(book.key, { url: book.sync, token });
const SPEED = "player:speed";
let current = -1;
let touched = false;
let isKept = false;

const now = () => (current < 0 ? 0 : book.tracks[current].begin + (audio.currentTime || 0));
const say = (text) => { $("status").textContent = text; };
const transcript = wireTranscript({ audio, book, seek, isHere: (index) => index === current });
const sleep = wireSleep({ audio, book, now, say });
const chapterButtons = [...document.querySelectorAll("[data-chapter]")];

/** Goes to second `at` of the book, loading its track where it is another one. */
function seek(at, play = !audio.paused) {
  const wanted = Math.min(Math.max(0, at), Math.max(0, book.duration - 0.25));
  const { track, offset } = trackAt(book.tracks, wanted);
  sleep.moved(wanted);
  if (track !== current) {
    current = track;
    audio.src = isKept ? soundHere(book.tracks[track].url) : book.tracks[track].url;
    transcript.show(track);
    audio.defaultPlaybackRate = Number($("speed").value); // a new source begins with this one
    audio.playbackRate = Number($("speed").value);
    audio.addEventListener("loadedmetadata", () => { audio.currentTime = offset; }, { once: true });
  } else {
    audio.currentTime = offset;
  }
  if (play) audio.play().catch(failed);
  draw(wanted);
}

function failed(error) {
  if (error?.name === "NotAllowedError") say(book.words.press_play); // the browser lets no page begin by itself
  else if (error?.name !== "AbortError") say(book.words.failed);
}

function draw(at = now()) {
  const index = chapterAt(book.chapters, at);
  const chapter = book.chapters[index];
  $("position").value = String(Math.round(at));
  $("position").setAttribute("aria-valuetext", `${clock(at)} / ${clock(book.duration)}`);
  $("elapsed").textContent = clock(at);
  $("left").textContent = `−${clock(book.duration - at)}`;
  if (chapter && $("chapter-now").textContent !== chapter.title) {
    $("chapter-now").textContent = chapter.title;
    if (navigator.mediaSession?.metadata) navigator.mediaSession.metadata.title = chapter.title;
  }
  chapterButtons.forEach((button, number) =>
    number === index ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current"));
}

function toggle() {
  if (audio.paused) audio.play().catch(failed);
  else audio.pause();
}

function drawState() {
  const playing = !audio.paused;
  $("play").setAttribute("aria-label", playing ? book.words.pause : book.words.play);
  $("play").dataset.playing = String(playing);
  tellPosition();
  if ("mediaSession" in navigator) navigator.mediaSession.playbackState = playing ? "playing" : "paused";
}

/** The system's own controls show the chapter and how far it has gone. */
function tellPosition() {
  if (!("mediaSession" in navigator) || !Number.isFinite(audio.duration) || !audio.duration) return;
  const position = Math.min(audio.currentTime, audio.duration);
  navigator.mediaSession.setPositionState?.({ duration: audio.duration, playbackRate: audio.playbackRate, position });
}
audio.addEventListener("seeked", tellPosition);
audio.addEventListener("ratechange", tellPosition);

const skip = (seconds) => { touched = true; seek(now() + seconds); };
function chapterStep(step) {
  const at = now();
  const index = chapterAt(book.chapters, at);
  const back = step < 0 && at - book.chapters[index].begin > 3 ? 0 : step;
  seek(book.chapters[Math.min(Math.max(0, index + back), book.chapters.length - 1)]?.begin ?? 0);
}

audio.addEventListener("play", () => { touched = true; drawState(); });
audio.addEventListener("pause", () => { drawState(); keep(); });
audio.addEventListener("error", failed);
audio.addEventListener("timeupdate", () => { draw(); sleep.check(); });
audio.addEventListener("ended", () => {
  const next = book.tracks[current + 1]?.begin;
  if (next !== undefined) return seek(next, !sleep.stopsBefore(next));
  store.keepPlace("0", 0, book.chapters[0]?.title);
  say(book.words.ended);
  if (!sleep.stopsBefore()) queue.advance();
});

function keep() {
  if (!touched) return; // an opened page alone does not move the place
  const at = Math.round(now() * 10) / 10;
  store.keepPlace(String(at), at / (book.duration || 1), book.chapters[chapterAt(book.chapters, at)]?.title);
}
setInterval(() => !audio.paused && keep(), 5000);
addEventListener("pagehide", keep);

$("play").addEventListener("click", toggle);
$("back").addEventListener("click", () => skip(-15));
$("on").addEventListener("click", () => skip(15));
$("chapter-back").addEventListener("click", () => chapterStep(-1));
$("chapter-on").addEventListener("click", () => chapterStep(1));
$("position").addEventListener("input", (event) => { $("elapsed").textContent = clock(event.target.value); });
$("position").addEventListener("change", (event) => { touched = true; seek(Number(event.target.value)); });
chapterButtons.forEach((button, index) => button.addEventListener("click", () => seek(book.chapters[index].begin, true)));

$("speed").addEventListener("change", (event) => {
  audio.playbackRate = Number(event.target.value);
  try { localStorage.setItem(SPEED, event.target.value); } catch { /* still applied */ }
});

// --- keyboard and the system's own controls -----------------------------------------------------------------------
const KEYS = {
  " ": toggle, k: toggle,
  ArrowLeft: () => skip(-15), ArrowRight: () => skip(15), j: () => skip(-15), l: () => skip(15),
  b: () => $("bookmark").click(),
  PageUp: () => chapterStep(-1), PageDown: () => chapterStep(1),
};
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  if (event.key === " " && event.target.closest("button, a, summary")) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
if ("mediaSession" in navigator) {
  const cover = document.querySelector(".player__cover img");
  navigator.mediaSession.metadata = new MediaMetadata({ title: book.title, artist: book.author, album: book.title, artwork: cover ? [{ src: cover.src }] : [] });
  const actions = {
    play: () => audio.play().catch(failed), pause: () => audio.pause(), seekbackward: () => skip(-15), seekforward: () => skip(15),
    previoustrack: () => chapterStep(-1), nexttrack: () => chapterStep(1),
    seekto: ({ seekTime }) => seek(book.tracks[current].begin + seekTime),
  };
  for (const [name, action] of Object.entries(actions)) navigator.mediaSession.setActionHandler(name, action);
}

// --- kept on the device ---------------------------------------------------------------------------------------------
function close() {
  keep();
  audio.pause();
  audio.removeAttribute("src");
  for (const control of $("player").querySelectorAll("button, input, select")) control.disabled = true;
  $("status").textContent = book.words.over;
}
store.addEventListener("over", async () => { await end(book.key); close(); });
const files = book.tracks.flatMap((track) => [track.url, track.transcript]).filter(Boolean);
const offered = new Promise((known) => {
  const changed = (here) => {
    isKept = here;
    const at = now();
    if (current >= 0) { current = -1; seek(at); } // the sound goes on from where it lies now
    known();
  };
  offerToKeep($("keep"), book, files, { say, closed: close, changed }).catch(known);
});

const queue = wireQueue({ book, seek, say });
wireMarks({ book, store, now, seek: (at, play) => { touched = true; seek(at, play); }, say });

// --- open ---------------------------------------------------------------------------------------------------------
async function start() {
  try { $("speed").value = localStorage.getItem(SPEED) ?? "1"; } catch { /* the usual speed */ }
  if (!$("speed").value) $("speed").value = "1";
  audio.preservesPitch = true;
  const [before] = await Promise.all([store.settle(), offered]);
  const wanted = new URLSearchParams(location.hash.slice(1));
  const kept = before?.cfi || (before?.fraction ?? 0) * book.duration; // a program may tell no more than how far it is
  seek(Number(wanted.get("t") ?? kept) || 0, wanted.has("play"));
  drawState();
  offerOtherForm($("carried"), book, before ?? { at: 0, chapter: book.chapters[0]?.title }, ({ begin }) => { touched = true; seek(begin, true); });
}
$("player").hidden = false;
$("listening").hidden = false;
start();
