// Sends what waits: the survey first, then each photograph. Each carries a key made on this device, so that one that
// arrived although the answer was lost is recognised, and nothing arrives twice.
import * as store from "./store.js";

const base = document.body.dataset.surveyBase;

/** Who is logged in, from the server; null without a network, {login} when nobody is. */
export async function session() {
  try {
    const answer = await fetch(`${base}session/`, { cache: "no-store" });
    if (answer.status === 401) return await answer.json();
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Sends all that waits and is the user's own; one tab and one round at a time. `changed` hears of every step. */
export async function sendAll(who, changed) {
  await navigator.locks.request("heritage-survey-sending", async () => {
    for (const survey of await store.all()) {
      if (survey.user && survey.user !== who.user) continue;
      if (survey.state === "refused") continue;
      if (!(await sendOne(survey, who, changed))) return;
    }
  });
}

/** False where it is no use to go on: no network, or not logged in any more. */
async function sendOne(survey, who, changed) {
  await changed(survey.key, "sending");
  const { photographs, ...rest } = survey;
  const body = JSON.stringify({ ...rest.values, key: survey.key, photographs_expected: photographs.length });
  const answer = await post(`${base}receive/`, body, { "Content-Type": "application/json" }, who.token);
  if (!(await settled(survey, answer, changed))) return answer !== null && answer.status < 500 && answer.status !== 401;
  for (const photograph of photographs.filter((one) => !one.sent)) {
    const sent = await post(`${base}receive/${survey.key}/`, formOf(photograph), {}, who.token);
    if (!(await settled(survey, sent, changed))) return sent !== null && sent.status < 500 && sent.status !== 401;
    photograph.sent = true;
    await store.put(survey);
  }
  await store.remove(survey.key);
  await changed(survey.key, "sent");
  return true;
}

function formOf(photograph) {
  const form = new FormData();
  for (const name of ["key", "caption", "taken_at", "latitude", "longitude"]) form.set(name, photograph[name] ?? "");
  form.set("file", new File([photograph.blob], photograph.name, { type: photograph.blob.type }));
  return form;
}

async function post(url, body, headers, token) {
  try {
    return await fetch(url, { method: "POST", body, headers: { ...headers, "X-CSRFToken": token } });
  } catch {
    return null;
  }
}

/** Whether the server has it. What it refuses is marked with its reasons; all else goes on waiting. */
async function settled(survey, answer, changed) {
  if (answer?.ok) return true;
  const isRefused = answer && [400, 403, 404, 409, 413].includes(answer.status);
  if (isRefused) {
    const { errors } = await answer.json().catch(() => ({ errors: null }));
    await store.put({ ...survey, state: "refused", errors: errors ?? { __all__: [`HTTP ${answer.status}`] } });
  }
  await changed(survey.key, isRefused ? "refused" : "waiting");
  return false;
}
