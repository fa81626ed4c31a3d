// The table of opening hours in the admin: reads simple expressions, writes them; the text field stays the truth.
const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const TIMES = /^(\d\d:\d\d)-(\d\d:\d\d)(?:,\s*(\d\d:\d\d)-(\d\d:\d\d))?$/;

// Days with up to two spans each, or null where the text says more than a table of days can.
export function read(text) {
  const week = Object.fromEntries(DAYS.map((day) => [day, []]));
  if (!text.trim()) return week;
  if (text.trim() === "24/7") return Object.fromEntries(DAYS.map((day) => [day, ["00:00", "24:00"]]));
  for (const rule of text.split(";").map((part) => part.trim()).filter(Boolean)) {
    const [, named, rest] = /^(?:((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*)\s+)?(.+)$/.exec(rule) ?? [];
    const times = TIMES.exec(rest ?? "");
    if (!times && rest !== "off" && rest !== "closed") return null;
    for (const day of days(named)) week[day] = times ? times.slice(1).filter(Boolean) : [];
  }
  return week;
}

function days(named) {
  if (!named) return DAYS;
  return named.split(",").flatMap((part) => {
    const [first, last = first] = part.split("-").map((day) => DAYS.indexOf(day));
    return last >= first ? DAYS.slice(first, last + 1) : [...DAYS.slice(first), ...DAYS.slice(0, last + 1)];
  });
}

export function write(week) {
  const rules = [];
  for (const day of DAYS) {
    const times = week[day];
    const text = times.length ? [`${times[0]}-${times[1]}`, times[2] && `${times[2]}-${times[3]}`].filter(Boolean).join(",") : "";
    const last = rules.at(-1);
    if (last?.text === text) last.to = day;
    else rules.push({ from: day, to: day, text });
  }
  return rules.filter((rule) => rule.text).map((rule) => `${rule.from === rule.to ? rule.from : `${rule.from}-${rule.to}`} ${rule.text}`).join("; ");
}

function connect(box) {
  const [text, table, note] = [box.querySelector("input[type=text]"), box.querySelector("[data-hours-table]"), box.querySelector("[data-hours-note]")];
  const rows = [...table.querySelectorAll("[data-day]")];
  const parts = (row) => [row.querySelector("input[type=checkbox]"), ...row.querySelectorAll("input[type=time]")];

  function show() {
    const week = read(text.value);
    note.hidden = Boolean(week);
    table.hidden = !week;
    if (!week) return;
    for (const row of rows) {
      const [open, ...times] = parts(row);
      const own = week[row.dataset.day];
      open.checked = own.length > 0;
      times.forEach((time, index) => (time.value = own[index] === "24:00" ? "23:59" : (own[index] ?? "")));
    }
  }

  function take({ target }) {
    if (target.type === "checkbox" && target.checked) {
      const [, from, to] = parts(target.closest("tr"));
      from.value ||= "08:00";
      to.value ||= "17:00";
    }
    const week = {};
    for (const row of rows) {
      const [open, a, b, c, d] = parts(row);
      const times = [a, b, c, d].map((time) => (time.value === "23:59" ? "24:00" : time.value));
      week[row.dataset.day] = open.checked && times[0] && times[1] ? (times[2] && times[3] ? times : times.slice(0, 2)) : [];
    }
    text.value = write(week);
  }

  table.querySelector("[data-hours-same]").addEventListener("click", () => {
    const [first, ...others] = rows.map(parts);
    for (const own of others) own.forEach((field, index) => (index ? (field.value = first[index].value) : (field.checked = first[0].checked)));
    take({ target: table });
  });
  text.addEventListener("input", show);
  table.addEventListener("change", take);
  show();
}

for (const box of document.querySelectorAll("[data-opening-hours]")) connect(box);
