// The sound stops by itself: after some minutes, or where the chapter ends that is being heard.
import { chapterAt } from "./timeline.js";

export function wireSleep({ audio, book, now, say }) {
  const choice = document.getElementById("sleep");
  let until = 0;
  let chapter = -1;

  choice.addEventListener("change", () => {
    const minutes = Number(choice.value);
    until = minutes > 0 ? Date.now() + minutes * 60_000 : 0;
    chapter = choice.value === "chapter" ? chapterAt(book.chapters, now()) : -1;
    const time = new Date(until).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    say(until ? book.words.sleep_at.replace("%(time)s", time) : chapter >= 0 ? book.words.sleep_chapter : book.words.sleep_off);
  });

  function stop() {
    audio.pause();
    [until, chapter, choice.value] = [0, -1, "0"];
    say(book.words.sleep);
    return true;
  }

  return {
    /** The listener went to second `at`: the chapter to be heard out is the one there. */
    moved(at) { if (chapter >= 0) chapter = chapterAt(book.chapters, at); },
    /** Asked while the sound goes on; a track that is only being loaded stands at its beginning for a moment. */
    check() {
      if (audio.paused || audio.seeking || audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) return;
      if ((until && Date.now() >= until) || (chapter >= 0 && chapterAt(book.chapters, now()) !== chapter)) stop();
    },
    /** A track has ended: whether the sound stops there instead of going on at second `at` (none: the end). */
    stopsBefore(at = Infinity) { return chapter >= 0 && (at === Infinity || chapterAt(book.chapters, at) !== chapter) && stop(); },
  };
}
