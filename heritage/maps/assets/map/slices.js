// Work in slices of a few milliseconds, one a frame, so that a thousand marks never hold up a finger on the map.
const BUDGET = 4; // milliseconds

// A runner of lists of small jobs; a new list puts the rest of the one before aside, whose jobs must bear that.
export function slices() {
  let turn = 0;
  return (jobs, done) => {
    const own = ++turn;
    let at = 0;
    const go = () => {
      if (own !== turn) return;
      const end = performance.now() + BUDGET;
      while (at < jobs.length && performance.now() < end) jobs[at++]();
      if (at < jobs.length) requestAnimationFrame(go);
      else done?.();
    };
    go();
  };
}

// What stands on the page by now has been painted.
export const frame = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
