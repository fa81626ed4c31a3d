// What is said in a recording: its captions as lines; the one spoken now is marked, and a press on one goes to it.
export function spoken(part) {
  const media = part.querySelector("audio, video");
  const panel = part.querySelector("[data-spoken]");
  if (location.hash.startsWith(`#${part.dataset.recording}`)) goTo(location.hash);
  addEventListener("hashchange", () => goTo(location.hash));
  if (!panel) return;
  const list = panel.querySelector("[data-cues]");
  const language = panel.querySelector("[data-language]");
  let lines = new Map();
  let shown = null;

  // #TN01.2/t=12.5 leads to a moment of the recording, as the contents and the site's search do.
  function goTo(hash) {
    const [image, place] = decodeURIComponent(hash.slice(1)).split("/");
    if (image !== part.dataset.recording) return;
    const second = Number(/^t=([0-9.]+)/.exec(place ?? "")?.[1] ?? 0);
    part.scrollIntoView({ block: "center" });
    if (media.readyState) media.currentTime = second;
    else {
      media.addEventListener("loadedmetadata", () => (media.currentTime = second), { once: true });
      media.preload = "metadata";
      media.load();
    }
  }

  function fill() {
    if (!panel.open) return;
    const wanted = language?.value ?? media.querySelector("track").srclang;
    const element = [...media.querySelectorAll("track")].find((one) => one.srclang === wanted);
    if (element === shown) return;
    shown = element;
    if (element.track.mode === "disabled") element.track.mode = "hidden"; // so that the browser reads it
    if (element.readyState === 2) draw(element);
    else element.addEventListener("load", () => shown === element && draw(element), { once: true });
  }

  function draw(element) {
    lines = new Map();
    list.lang = element.srclang;
    list.replaceChildren(...[...element.track.cues].map((cue) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "scan-viewer__line" });
      button.append(cue.getCueAsHTML());
      button.addEventListener("click", () => {
        media.currentTime = cue.startTime;
        media.play().catch(() => {}); // the browser may want a press on its own button first
      });
      lines.set(cue, button);
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
    element.track.oncuechange = mark;
    mark();
  }

  function mark() {
    const now = media.currentTime; // the cues of a track that was paused while it was read are active to nobody yet
    for (const [cue, button] of lines) {
      if (cue.startTime <= now && now < cue.endTime) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  media.addEventListener("seeked", mark);

  panel.addEventListener("toggle", fill);
  language?.addEventListener("change", fill);
}
