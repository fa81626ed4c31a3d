// The drop area: each file goes up by tus in pieces, goes on after an interruption, and says what became of it.
import * as tus from "tus-js-client";

const PIECE = 8 * 1024 * 1024; // small enough for what stands before the archive, and for a line that breaks
const ASK_EVERY = 1000;
const area = document.querySelector("[data-uploads]");
const headers = { "X-CSRFToken": area.dataset.csrf };
let under_way = 0;

function row(name) {
  const item = document.createElement("li");
  item.className = "scan-drop__item";
  const label = document.createElement("span");
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  item.append(label, bar);
  area.querySelector("[data-list]").prepend(item);
  return {
    say(state, text) {
      item.dataset.state = state;
      label.textContent = `${name}: ${text}`;
      if (state !== "arriving") bar.remove();
    },
    progress(sent, total) {
      bar.value = sent / total;
      label.textContent = `${name}: ${Math.floor((sent / total) * 100)} %`;
    },
  };
}

function send(file) {
  const shown = row(file.name);
  const upload = new tus.Upload(file, {
    endpoint: area.dataset.uploads,
    chunkSize: PIECE,
    headers,
    metadata: { filename: file.name },
    retryDelays: [0, 1000, 3000, 8000, 20000],
    removeFingerprintOnSuccess: true,
    onProgress: (sent, total) => shown.progress(sent, total),
    onError(error) {
      finish();
      const answer = error.originalResponse?.getBody().trim();
      shown.say("refused", error.originalResponse ? answer || error.message : area.dataset.interrupted);
    },
    onSuccess() {
      shown.say("waiting", area.dataset.done);
      follow(upload.url, shown);
    },
  });
  under_way += 1;
  upload.findPreviousUploads().then((earlier) => {
    if (earlier.length) upload.resumeFromPreviousUpload(earlier[0]);
    upload.start();
  });
}

async function follow(url, shown) {
  const status = await fetch(url).then((response) => response.json()).catch(() => null);
  const refused = (status?.report.refused ?? []).map((one) => `${one.file}: ${one.reason}`).join(" ");
  const notes = (status?.report.notes ?? []).map((one) => `${one.file}: ${one.note}`).join(" ");
  if (status?.state === "done") shown.say("done", [area.dataset.taken, refused, notes].filter(Boolean).join(" "));
  else if (status?.state === "refused") shown.say("refused", `${area.dataset.refused}: ${refused}`);
  else {
    if (status?.report.files) shown.say("waiting", `${area.dataset.done} (${status.report.files})`);
    setTimeout(() => follow(url, shown), ASK_EVERY);
    return;
  }
  finish();
  if (!under_way && !area.querySelector('[data-state="refused"]')) location.reload();
}

function finish() {
  under_way -= 1;
}

area.querySelector("input[type=file]").addEventListener("change", (event) => {
  [...event.target.files].forEach(send);
  event.target.value = "";
});
area.addEventListener("dragover", (event) => {
  event.preventDefault();
  area.classList.add("scan-drop--over");
});
area.addEventListener("dragleave", () => area.classList.remove("scan-drop--over"));
area.addEventListener("drop", (event) => {
  event.preventDefault();
  area.classList.remove("scan-drop--over");
  [...event.dataTransfer.files].forEach(send);
});
addEventListener("beforeunload", (event) => {
  if (under_way) event.preventDefault();
});
