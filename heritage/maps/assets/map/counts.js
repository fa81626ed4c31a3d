// How many of each layer and rank lie in view, beside the boxes that choose them; asked only while they can be seen.
export function counts(map, part, form, queryOf) {
  const choice = form.closest("details");
  let request = null;
  const show = async () => {
    if (!choice?.open) return;
    request?.abort();
    request = new AbortController();
    try {
      const found = await (await fetch(`${part.counts}?${queryOf()}`, { signal: request.signal })).json();
      fill("layer", found.layers);
      fill("rank", found.ranks);
    } catch {
      // a count that does not come is left as it was
    }
  };
  choice?.addEventListener("toggle", show);
  map.on("moveend", show);

  function fill(kind, numbers) {
    for (const place of form.querySelectorAll(`[data-count-${kind}]`)) {
      const count = numbers?.[place.getAttribute(`data-count-${kind}`)] ?? 0;
      place.textContent = count.toLocaleString(part.language);
    }
  }
}
