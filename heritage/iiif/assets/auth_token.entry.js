// Tells the viewer that opened this frame the access token, or why there is none; nobody but that viewer's own site.
const { origin } = document.body.dataset;
const message = JSON.parse(document.getElementById("message").textContent);
if (origin) window.parent.postMessage(message, origin);
