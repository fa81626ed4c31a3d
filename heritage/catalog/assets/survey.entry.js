// The survey form in the field: saves on the device first, sends when there is a network and somebody is logged in.
import * as form from "./survey/form.js";
import { sendAll, session } from "./survey/sending.js";
import * as store from "./survey/store.js";

const network = document.querySelector("#network");
const list = document.querySelector("#kept");
const states = new Map();
const AGAIN_AFTER = 30000;
let who = null;
let again = null;

async function look() {
  who = await session();
  const state = who === null ? "offline" : who.login ? "login" : "online";
  network.dataset.state = state;
  network.textContent = network.dataset[state] + (state === "online" ? ` ${who.name}` : "");
  const login = document.querySelector("#login");
  login.hidden = state !== "login";
  if (state === "login") login.querySelector("a").href = who.login;
  if (state === "online") await store.keep("who", { user: who.user, name: who.name, records: who.records });
  const known = state === "online" ? who : await store.kept("who");
  if (known) offer(known);
  if (state === "online") await send();
  await draw();
  clearTimeout(again);
  if ((await store.all()).some((one) => one.state !== "refused")) again = setTimeout(look, AGAIN_AFTER);
}

function offer({ name, records }) {
  const surveyor = document.querySelector("#surveyor");
  surveyor.value ||= name;
  document.querySelector("#records").replaceChildren(
    ...records.map(({ number, name_vi }) => Object.assign(document.createElement("option"), { value: number, label: `${number} ${name_vi}` })),
  );
}

async function send() {
  await sendAll(who, async (key, state) => {
    states.set(key, state);
    await draw();
  });
}

async function draw() {
  const surveys = await store.all();
  document.querySelector("#kept-none").hidden = surveys.length > 0;
  document.querySelector("#send").hidden = !surveys.some((one) => one.state !== "refused");
  list.replaceChildren(...surveys.map(row));
}

function row(survey) {
  const item = document.createElement("li");
  const isForeign = who?.user && survey.user && survey.user !== who.user;
  const state = isForeign ? "foreign" : survey.state === "refused" ? "refused" : states.get(survey.key) === "sending" ? "sending" : "waiting";
  item.dataset.state = state;
  const { number, visited_on } = survey.values;
  item.append(`${number}, ${visited_on}, ${survey.photographs.length} ${list.dataset.photographs}: ${list.dataset[state]} `);
  if (state === "refused") {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet button--small", textContent: list.dataset.edit });
    button.addEventListener("click", () => form.edit(survey));
    item.append(button);
  }
  return item;
}

document.querySelector("#survey").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!form.check()) return;
  const survey = form.current();
  survey.user ??= who?.user ?? (await store.kept("who"))?.user;
  try {
    await store.put({ ...survey, state: "waiting", errors: null, savedAt: Date.now() });
  } catch {
    return form.showErrors({ __all__: [event.target.dataset.full] });
  }
  form.begin();
  network.textContent = event.target.dataset.saved;
  scrollTo({ top: 0 });
  await draw();
  await look();
});
document.querySelector("#send").addEventListener("click", look);
addEventListener("online", look);
addEventListener("offline", look);

form.begin("");
await draw();
await look();
navigator.storage?.persist?.();
if ("serviceWorker" in navigator && window.isSecureContext) {
  await navigator.serviceWorker.register("/survey/sw.js", { scope: document.body.dataset.surveyBase });
}
