// The drop area: files and whole folders, listed before they go, with a bar while they go. Without script the form works.
const form = document.getElementById("take-in");
const area = form.querySelector("[data-drop]");
const input = form.querySelector("input[type=file]");
const bar = area.querySelector("progress");
const say = (text) => { area.querySelector("[data-count]").textContent = text; };
let chosen = []; // { file, path }

function show() {
  say(chosen.length ? `${area.dataset.chosen} ${chosen.length}` : "");
  area.querySelector("[data-list]").replaceChildren(...chosen.slice(0, 200).map(({ path }) =>
    Object.assign(document.createElement("li"), { textContent: path })));
}

async function below(entry, folder = "") {
  const path = `${folder}${entry.name}`;
  if (entry.isFile) return [{ file: await new Promise((done, fail) => entry.file(done, fail)), path }];
  const reader = entry.createReader();
  const found = [];
  for (;;) { // a browser hands over at most a hundred entries at a time
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) break;
    for (const one of some) found.push(...await below(one, `${path}/`));
  }
  return found;
}

input.addEventListener("change", () => {
  chosen = [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  show();
});
for (const name of ["dragenter", "dragover"]) {
  area.addEventListener(name, (event) => {
    event.preventDefault();
    area.classList.add("library-drop--over");
  });
}
area.addEventListener("dragleave", () => area.classList.remove("library-drop--over"));
area.addEventListener("drop", async (event) => {
  event.preventDefault();
  area.classList.remove("library-drop--over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const found = entries.length
    ? (await Promise.all(entries.map((entry) => below(entry)))).flat()
    : [...event.dataTransfer.files].map((file) => ({ file, path: file.name }));
  chosen = [...chosen, ...found];
  input.required = chosen.length === 0;
  show();
});

// The form came back with what is wrong in it: its fields are shown anew, the chosen files stay.
function mend(answer) {
  bar.hidden = true;
  show();
  const fresh = answer.querySelector("#take-in [data-drop]");
  if (!fresh) return say(area.dataset.broken);
  while (area.nextSibling) area.nextSibling.remove();
  while (fresh.nextSibling) form.append(fresh.nextSibling);
  form.querySelector("[aria-invalid=true], .w-field--error input")?.focus();
}

form.addEventListener("submit", (event) => {
  if (!chosen.length) return; // the browser says that files are missing
  event.preventDefault();
  const body = new FormData(form);
  body.delete(input.name);
  for (const { file } of chosen) body.append(input.name, file, file.name);
  body.set("paths", JSON.stringify(chosen.map(({ path }) => path)));
  const request = new XMLHttpRequest();
  bar.hidden = false;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    say(`${area.dataset.sending} ${Math.floor((loaded / total) * 100)} %`);
  });
  request.addEventListener("error", () => {
    bar.hidden = true;
    say(area.dataset.broken);
  });
  request.addEventListener("load", () => {
    if (request.responseURL && !request.responseURL.endsWith(location.pathname)) location.assign(request.responseURL);
    else mend(new DOMParser().parseFromString(request.responseText, "text/html"));
  });
  request.open("POST", form.action);
  request.send(body);
});
