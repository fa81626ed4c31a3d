// The outline of a PDF as contents of the book. Its entries name places that the file resolves; a file may have thousands.

const MOST = 2000; // entries of one level

/** [{ label, href, page, subitems }], nested. */
export async function chaptersOf(pdf) {
  const outline = await pdf.getOutline().catch(() => null);
  return rowsOf(pdf, outline ?? []);
}

/** All entries in the order of the pages. */
export function flat(rows) {
  return rows.flatMap((row) => [row, ...flat(row.subitems ?? [])]).sort((one, other) => one.page - other.page);
}

function rowsOf(pdf, outline) {
  return Promise.all(outline.slice(0, MOST).map(async ({ title, dest, items }) => {
    const page = await pageOf(pdf, dest);
    return { label: title, href: `page=${page}`, page, subitems: items?.length ? await rowsOf(pdf, items) : null };
  }));
}

async function pageOf(pdf, dest) {
  try {
    const [page] = (typeof dest === "string" ? await pdf.getDestination(dest) : dest) ?? [];
    return (typeof page === "number" ? page : await pdf.getPageIndex(page)) + 1;
  } catch {
    return 1;
  }
}
