// Walking and driving times beside the straight-line distances; the page never waits for the routing service.
export function times(section) {
  if (!section) return;
  const near = new IntersectionObserver(
    async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      try {
        const answer = await fetch(section.dataset.times);
        if (answer.ok) show(section, (await answer.json()).times);
      } catch {
        // without an answer the distances stand as they are
      }
    },
    { rootMargin: "400px" },
  );
  near.observe(section);
}

function show(section, told) {
  for (const row of section.querySelectorAll("[data-number]")) {
    const way = told[row.dataset.number];
    const word = way && section.dataset[way.by];
    if (!word) continue;
    const text = document.createElement("span");
    text.className = "around__way";
    text.textContent = `${way.minutes} ${word}`;
    row.querySelector(".around__line")?.append(" ", text);
  }
  const note = section.querySelector("[data-times-note]");
  if (note) note.hidden = !section.querySelector(".around__way");
}
