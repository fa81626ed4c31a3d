// How the text looks: size, spacing, font, colours, pages or one long scroll. Kept for all books on this device.

const KEY = "reader:appearance";
const DEFAULTS = { size: 100, spacing: 1.6, font: "book", theme: "auto", flow: "paginated", columns: "auto" };
// Andika tells b, d, p, q, I, l apart and draws Vietnamese marks right; OpenDyslexic has them too, but its ó looks like ơ.
const FONTS = {
  book: "",
  serif: "Literata, 'Noto Serif', serif",
  sans: "'Be Vietnam Pro', system-ui, sans-serif",
  dyslexia: "Andika, 'Be Vietnam Pro', sans-serif",
};
const THEMES = {
  light: { paper: "#fbf7ef", ink: "#1f1b16", link: "#27405e", scheme: "light" },
  sepia: { paper: "#efe3cb", ink: "#3a2c1a", link: "#5a3d10", scheme: "light" },
  dark: { paper: "#14110f", ink: "#d9d0c3", link: "#a9c5e8", scheme: "dark" },
};

export function load() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { ...DEFAULTS };
  }
}

export function save(appearance) {
  try {
    localStorage.setItem(KEY, JSON.stringify(appearance));
  } catch {
    // not kept, still shown
  }
}

export function themeOf({ theme }) {
  if (theme in THEMES) return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Style sheet for the chapters; `faces` are the rules of the fonts. */
export function cssOf(appearance, faces = "") {
  const { paper, ink, link, scheme } = THEMES[themeOf(appearance)];
  const font = FONTS[appearance.font] ? `body, p, li, blockquote, dd, dt, td, th, h1, h2, h3, h4, h5, h6, span, a, em, strong { font-family: ${FONTS[appearance.font]} !important; }` : "";
  return `
    ${font ? faces : ""}
    .spoken-now { background: #f4dfa0; color: #1f1b16; }
    html { color-scheme: ${scheme}; color: ${ink}; background: ${paper}; font-size: ${appearance.size}%; }
    body { color: ${ink}; background: ${paper} !important; }
    a:any-link { color: ${link}; }
    p, li, blockquote, dd { line-height: ${appearance.spacing} !important; hanging-punctuation: allow-end last; widows: 2; orphans: 2; }
    img, svg { max-width: 100%; max-height: 95vh; object-fit: contain; }
    pre { white-space: pre-wrap; }
    ${font}`;
}
