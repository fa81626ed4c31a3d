// What is said, beside the sound: the browser reads the WebVTT of each track, the words spoken now are marked, and a
// press on any words goes to them.

export function wireTranscript({ audio, book, seek, isHere }) {
  const $ = (id) => document.getElementById(id);
  const tracks = book.tracks.map((track) => track.transcript ?? "");
  if (!tracks.some(Boolean)) return { show() {} };
  $("transcript-part").hidden = false;
  const lines = new Map(); // cue -> its button
  let shown = -1;

  function show(index) {
    if (index === shown) return;
    shown = index;
    for (const old of audio.querySelectorAll("track")) old.remove();
    lines.clear();
    $("transcript").replaceChildren();
    if (!tracks[index]) return;
    const element = Object.assign(document.createElement("track"), { kind: "metadata", src: tracks[index] });
    element.addEventListener("load", () => draw(index, element.track));
    audio.append(element);
    element.track.mode = "hidden";
    element.track.addEventListener("cuechange", () => isHere(index) && mark(element.track.activeCues));
  }

  function draw(index, track) {
    $("transcript").replaceChildren(...[...track.cues].map((cue) => {
      const line = Object.assign(document.createElement("button"), { type: "button", className: "transcript__line" });
      line.append(cue.getCueAsHTML());
      line.addEventListener("click", () => seek(book.tracks[index].begin + cue.startTime, true));
      lines.set(cue, line);
      return line;
    }));
    mark(track.activeCues);
  }

  function mark(active) {
    const now = new Set(active ?? []);
    for (const [cue, line] of lines) {
      if (now.has(cue)) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
    }
    const line = lines.get([...now][0]);
    const box = $("transcript");
    if (line && !box.matches(":hover, :focus-within")) box.scrollTop = line.offsetTop - box.clientHeight / 3;
  }

  return { show };
}
