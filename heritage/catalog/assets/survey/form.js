// The form: checked before it is saved, never emptied before what was typed is safe on the device.
const form = document.querySelector("#survey");
const taken = document.querySelector("#taken");
const SINGLE = ["number", "visited_on", "surveyor", "grade", "description", "recommended", "latitude", "longitude", "accuracy_m"];
let photographs = [];
let editing = null;
let asked = numberAsked(); // the record whose page led here, once

function numberAsked() {
  try {
    return decodeURIComponent(location.hash.slice(1)).slice(0, 40);
  } catch {
    return "";
  }
}

/** What was typed, as the server wants it; blanks are left out. */
export function values() {
  const data = new FormData(form);
  const found = Object.fromEntries(SINGLE.map((name) => [name, data.get(name)]).filter(([, value]) => value));
  return { ...found, threats: data.getAll("threats"), is_urgent: data.has("is_urgent") };
}

export const current = () => ({ key: editing?.key ?? crypto.randomUUID(), user: editing?.user, values: values(), photographs });

/** Shows what is missing beside its field; true where nothing is. */
export function check() {
  clearErrors();
  const errors = {};
  for (const field of form.querySelectorAll("input[required]:not([type=radio])")) {
    if (!field.value.trim()) errors[field.name] = [field.dataset.missing];
  }
  const grades = form.querySelector("fieldset[data-missing]");
  if (!grades.querySelector(":checked")) errors.grade = [grades.dataset.missing];
  showErrors(errors);
  return !Object.keys(errors).length;
}

export function showErrors(errors) {
  for (const [name, messages] of Object.entries(errors)) {
    const place = form.querySelector(`[data-error-for="${CSS.escape(name)}"]`) ?? document.querySelector("#form-error");
    place.textContent = messages.join(" ");
    place.hidden = false;
    form.elements[name]?.setAttribute?.("aria-invalid", "true");
  }
  const first = form.querySelector(".field__error:not([hidden])");
  first?.closest(".field")?.querySelector("input, textarea")?.focus();
  first?.scrollIntoView({ block: "center" });
}

function clearErrors() {
  for (const place of form.querySelectorAll(".field__error")) place.hidden = true;
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

/** An empty form for the next survey; the surveyor stays. */
export function begin(surveyor = form.elements.surveyor.value) {
  form.reset();
  clearErrors();
  [photographs, editing] = [[], null];
  form.elements.surveyor.value = surveyor;
  form.elements.number.value = asked;
  asked = "";
  form.elements.visited_on.value = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  for (const name of ["latitude", "longitude", "accuracy_m"]) form.elements[name].value = "";
  document.querySelector("#position").textContent = "";
  draw();
}

/** A survey that was refused comes back into the form, with the reasons beside the fields. */
export function edit(survey) {
  begin();
  editing = survey;
  photographs = survey.photographs;
  for (const [name, value] of Object.entries(survey.values)) {
    if (name === "threats") for (const box of form.querySelectorAll("[name=threats]")) box.checked = value.includes(box.value);
    else if (name === "is_urgent") form.elements.is_urgent.checked = value;
    else form.elements[name].value = value;
  }
  draw();
  showErrors(survey.errors ?? {});
}

document.querySelector("#photographs").addEventListener("change", (event) => {
  const place = { latitude: form.elements.latitude.value, longitude: form.elements.longitude.value };
  for (const file of event.target.files) {
    const taken_at = new Date(file.lastModified).toISOString();
    photographs.push({ key: crypto.randomUUID(), blob: file, name: file.name, taken_at, caption: "", ...place });
  }
  event.target.value = "";
  draw();
});

function draw() {
  for (const image of taken.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  taken.replaceChildren(...photographs.map(row));
}

function row(photograph) {
  const image = Object.assign(new Image(), { src: URL.createObjectURL(photograph.blob), alt: "" });
  const caption = Object.assign(document.createElement("input"), { value: photograph.caption, maxLength: 200, ariaLabel: taken.dataset.caption, placeholder: taken.dataset.caption });
  caption.addEventListener("input", () => (photograph.caption = caption.value));
  const remove = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet button--small", textContent: taken.dataset.remove });
  remove.addEventListener("click", () => {
    photographs = photographs.filter((one) => one !== photograph);
    draw();
  });
  const column = document.createElement("div");
  column.append(caption, remove);
  const item = document.createElement("li");
  item.append(image, column);
  return item;
}

document.querySelector("#locate").addEventListener("click", () => {
  const position = document.querySelector("#position");
  const refused = () => (position.textContent = position.dataset.refused);
  if (!navigator.geolocation) return refused();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(7);
      form.elements.longitude.value = coords.longitude.toFixed(7);
      form.elements.accuracy_m.value = Math.round(coords.accuracy);
      position.textContent = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)} (± ${Math.round(coords.accuracy)} m)`;
    },
    refused,
    { enableHighAccuracy: true, timeout: 20000 },
  );
});
