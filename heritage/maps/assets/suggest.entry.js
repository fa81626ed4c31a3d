// "I am there now": writes the device's position into the form; it goes nowhere before the form is sent.
const button = document.querySelector("[data-here]");
const said = document.querySelector("[data-here-said]");

if (button && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById("id_latitude").value = coords.latitude.toFixed(5);
        document.getElementById("id_longitude").value = coords.longitude.toFixed(5);
        said.textContent = said.dataset.done.replace("{metres}", String(Math.round(coords.accuracy)));
      },
      () => (said.textContent = said.dataset.failed),
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}
