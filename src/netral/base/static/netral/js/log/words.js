// Sentences of the page and figures as its language writes them, for the scripts of the log.

/** English dates as the page writes them, the day before the month. */
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
export const number = new Intl.NumberFormat(language);
/** In the zone of the page and with its name, as the page writes it: the browser may stand in
 * another, and two zones beside each other make one moment look like two. */
const zone = document.documentElement.dataset.zone;
const ZONES = { "Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT" };
const clock = new Intl.DateTimeFormat(language, {
  day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  ...(zone && { timeZone: zone }), ...(!ZONES[zone] && { timeZoneName: "short" }),
});
export const when = { format: (moment) => [clock.format(moment), ZONES[zone]].filter(Boolean).join(" ") };

/** The sentence of that name; the page carries them in its own language. */
export const found = (name) =>
  document.querySelector(`[data-sentence="${CSS.escape(name)}"]`)?.textContent.trim();

/** The same with `{…}` replaced. */
export function filled(name, values = {}) {
  return (found(name) || name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function element(name, content, className) {
  const made = document.createElement(name);
  made.textContent = content;
  if (className) made.className = className;
  return made;
}
