// A visitor's own trip: what the address holds can be kept on this device, and what was kept comes back.
import { keepPages } from "../../home/assets/keeping.js";
import { keepTrip, savedTrip, showCount } from "./map/saved.js";

const trip = document.querySelector("[data-trip]");
const query = new URLSearchParams(location.search);

if (trip && !query.has("stops")) {
  // Opened by its bare address: the kept trip is what is meant.
  const kept = savedTrip();
  if (kept.get("stops")) {
    sessionStorage.setItem("archive.trip.own", "1");
    location.replace(`?${readable(kept)}`);
  }
} else if (trip) {
  const box = trip.querySelector("[data-trip-keep]");
  const isOwn = sessionStorage.getItem("archive.trip.own") === "1" || savedTrip().get("stops") === query.get("stops");
  if (query.get("keep") === "1" || isOwn) keep();
  else if (box) {
    box.hidden = false;
    box.querySelector("[data-trip-save]").addEventListener("click", () => {
      const said = box.querySelector("[data-trip-said]");
      said.textContent = keep() ? said.dataset.said : said.dataset.failed;
    });
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const late = [...document.querySelectorAll("img[loading=lazy]")]; // the code to scan comes when it is scrolled to
    for (const picture of late) picture.loading = "eager";
    await Promise.allSettled(late.map((picture) => picture.decode()));
    print();
  });
}
showCount();

// From now on, changes made in this window are changes of the own trip; somebody else's link is not taken over unasked.
function keep() {
  query.delete("keep");
  query.delete("order");
  sessionStorage.setItem("archive.trip.own", "1");
  // The trip and the address that leads to it open without a network from now on, whatever was visited before.
  keepPages([trip.dataset.tripAddress, `${trip.dataset.tripAddress}?${readable(query)}`]).catch(() => {});
  return keepTrip(query);
}

function readable(params) {
  return params.toString().replaceAll("%2C", ",").replaceAll("%3B", ";");
}
