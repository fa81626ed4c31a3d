// Asks how far the job is every second and shows it; when it has ended the page is loaded anew with the report.
const bar = document.getElementById("job-progress");
const words = document.getElementById("job-state");

async function look() {
  try {
    const answer = await fetch("?format=json", { headers: { Accept: "application/json" } });
    const { is_open, percent, done } = await answer.json();
    if (!is_open) return location.reload();
    bar.value = percent;
    words.textContent = `${words.dataset.words} ${done} (${percent} %)`;
  } catch {
    // The network may come back; the job goes on by itself.
  }
  setTimeout(look, 1000);
}
look();
