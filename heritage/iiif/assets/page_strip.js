// A strip of pages: thumbnails are fetched as they come into view, so that a book of 1,000 pages costs no more.
export function pageStrip(list, pages, show) {
  const buttons = pages.map((page, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "scan-viewer__page";
    const image = document.createElement("img");
    Object.assign(image, { alt: "", loading: "lazy", decoding: "async", width: 64, height: 84, src: page.thumbnail });
    const label = document.createElement("span");
    label.textContent = page.label;
    button.append(image, label);
    button.addEventListener("click", () => show(index));
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
    return button;
  });
  list.hidden = false;
  return {
    mark(index) {
      buttons.forEach((button, at) => (at === index ? button.setAttribute("aria-current", "page") : button.removeAttribute("aria-current")));
      const item = buttons[index].parentElement;
      list.scrollTo({ left: item.offsetLeft - list.clientWidth / 2 + item.clientWidth / 2 });
    },
  };
}
