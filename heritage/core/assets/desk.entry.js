// Asks how far the import is every two seconds and shows it; when it has ended the page is loaded anew.
const bar = document.querySelector("#export-progress");
const words = document.querySelector("#export-state");

async function look() {
  try {
    const answer = await fetch("?format=json", { headers: { Accept: "application/json" } });
    const { state, percent, label } = await answer.json();
    bar.value = percent;
    words.textContent = state === "running" ? `${label} (${percent} %)` : label;
    if (state === "done" || state === "failed") return location.reload();
  } catch {
    // The network may come back; the job goes on by itself.
  }
  setTimeout(look, 2000);
}
look();
