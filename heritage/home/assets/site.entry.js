// The frame works without any of this.
document.documentElement.classList.replace("no-js", "js");

if ("serviceWorker" in navigator && window.isSecureContext) {
  // What keeps pages for later does not compete with the one that is being looked at.
  addEventListener("load", () => setTimeout(keep, 1000));
  // Who logs in or out leaves no page behind for the next person.
  for (const form of document.querySelectorAll("form[action*='/tai-khoan/'], form[action*='/account/']")) {
    form.addEventListener("submit", () => navigator.serviceWorker.controller?.postMessage("forget-pages"));
  }
  for (const form of document.querySelectorAll("form[action$='/dang-xuat/'], form[action$='/log-out/']")) {
    form.addEventListener("submit", () => navigator.serviceWorker.controller?.postMessage("forget-books"));
  }
}

async function keep() {
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  } catch (error) {
    console.info("The site works, but not without a network:", error.message);
  }
}
