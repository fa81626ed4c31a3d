// The preview of a transcript: the words spoken now are marked, and a press on any line goes to them.
const sound = document.getElementById("transcript-sound");
const lines = [...document.querySelectorAll("#transcript-cues button")].map((button) => ({
  button, begin: Number(button.dataset.begin), end: Number(button.dataset.end),
}));

for (const { button, begin } of lines) {
  button.addEventListener("click", () => {
    sound.currentTime = begin;
    sound.play();
  });
}
sound.addEventListener("timeupdate", () => {
  for (const { button, begin, end } of lines) {
    const now = sound.currentTime >= begin && sound.currentTime < end;
    if (now) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
});
