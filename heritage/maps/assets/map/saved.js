// The visitor's own trip: numbers by day, kept on this device only, without an account. `;` parts days, `,` parts stops.
const KEY = "archive.trip";
export const MOST = 60;

export function savedTrip() {
  try {
    return new URLSearchParams(localStorage.getItem(KEY) ?? "");
  } catch {
    return new URLSearchParams(); // storage is closed, as in some private windows
  }
}

export function keepTrip(query) {
  try {
    localStorage.setItem(KEY, query.toString());
    window.dispatchEvent(new Event("trip"));
    return true;
  } catch {
    return false;
  }
}

export const stopsOf = (query) => (query.get("stops") ?? "").split(/[;,]/).filter(Boolean);

export function addStop(number) {
  const query = savedTrip();
  const stops = stopsOf(query);
  if (stops.includes(number)) return true;
  if (stops.length >= MOST) return false;
  const text = query.get("stops") ?? "";
  query.set("stops", text && !text.endsWith(";") ? `${text},${number}` : `${text}${number}`);
  return keepTrip(query);
}

export function showCount() {
  const count = stopsOf(savedTrip()).length;
  for (const place of document.querySelectorAll("[data-trip-count]")) place.textContent = count ? `(${count})` : "";
}

window.addEventListener("trip", showCount);
