// Elements made of text, never of markup: what a record is called is shown as it is, whatever it holds.
export function element(name, options = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(options)) {
    if (key === "class") made.className = value;
    else if (key === "on") for (const [event, handle] of Object.entries(value)) made.addEventListener(event, handle);
    else if (value !== undefined && value !== false && value !== "") made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

// A line drawing for a button whose words stand in its label.
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", width: 20, height: 20, class: "map-icon", "aria-hidden": "true" })) svg.setAttribute(name, value);
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

// Only addresses of the web and of this site go into links.
export function safeAddress(address) {
  try {
    const url = new URL(address, location.href);
    return ["http:", "https:", "tel:"].includes(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

export const filled = (text, ...values) => values.reduce((done, value) => done.replace("%s", String(value)), text);

export function distance(metres, language) {
  if (metres < 995) return `${Math.round(metres / 10) * 10} m`;
  const places = metres < 9950 ? 1 : 0;
  return `${(metres / 1000).toLocaleString(language, { minimumFractionDigits: places, maximumFractionDigits: places })} km`;
}
