// The box that shows a footnote where it is read: Escape or a press outside closes it, and the reader is back at its sign.

const $ = (id) => document.getElementById(id);

/** `outside(href)` opens a link that leads out of the book. */
export function wireFootnotes({ view, words, outside }) {
  const box = $("footnote");
  let now = { href: "", sign: null };

  view.addEventListener("note", ({ detail: { text, lang, dir, href, sign } }) => {
    now = { href, sign };
    $("footnote-title").textContent = words.footnote.replace("%(sign)s", sign.textContent.trim()).trim();
    const body = $("footnote-text");
    body.replaceChildren(text);
    for (const [name, value] of Object.entries({ lang, dir })) value ? body.setAttribute(name, value) : body.removeAttribute(name);
    box.showModal();
    body.scrollTop = 0;
    body.focus();
  });

  /** To a place outside the box, whose sign then no longer matters. */
  function leave(act) {
    now.sign = null;
    box.close();
    act();
  }

  $("footnote-go").addEventListener("click", () => leave(() => view.goTo(now.href)));
  $("footnote-text").addEventListener("click", (event) => {
    const place = event.target.closest("a[data-place]")?.dataset.place;
    if (!place) return;
    event.preventDefault();
    if (/^[a-z][a-z0-9+.-]*:/i.test(place)) outside(place);
    else leave(() => view.goTo(place));
  });
  box.addEventListener("click", (event) => {
    if (event.target === box || event.target.closest("[data-close]")) box.close();
  });
  box.addEventListener("close", () => {
    if (!now.sign?.isConnected) return;
    now.sign.ownerDocument.defaultView.focus();
    now.sign.focus({ preventScroll: true });
  });
}
