// Small comforts for every page. Nothing here is needed for a page to work.

/** A table wider than the screen can be scrolled with the keyboard, and says what it is. */
function makeScrollable(wrap) {
  const overflows = wrap.scrollWidth > wrap.clientWidth + 1;
  if (!overflows) {
    wrap.removeAttribute("tabindex");
    return;
  }
  wrap.tabIndex = 0;
  if (wrap.hasAttribute("role")) return;
  wrap.setAttribute("role", "region");
  wrap.setAttribute("aria-label", nameOf(wrap));
}

/** Its caption, else the heading above it and its first column; each name once. */
function nameOf(wrap) {
  const heading = wrap.closest("section, .card")?.querySelector("h2, h3") || document.querySelector("h1");
  const caption = wrap.querySelector("caption");
  const parts = caption ? [caption] : [heading, wrap.querySelector("th")];
  const name = parts.map((part) => part?.textContent.trim()).filter(Boolean).join(": ");
  const taken = [...document.querySelectorAll(".table-wrap[aria-label]")];
  const same = taken.filter((other) => other.getAttribute("aria-label").startsWith(name)).length;
  return same ? `${name} (${same + 1})` : name;
}

const FILE_SECONDS = 5;

/** One press sends a form once: the second press of an impatient thumb is dropped.
 *
 * A form marked `data-gives-file` leaves its page standing, so later it may be sent again. */
function sendOnce(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  if ("givesFile" in form.dataset) setTimeout(() => delete form.dataset.sent, FILE_SECONDS * 1000);
}

/** In a field that says so, Enter sends and Shift+Enter begins a line. Not while a word is composed. */
function sendByEnter(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  if (!event.target.matches("textarea[enterkeyhint=send]")) return;
  event.preventDefault();
  if (event.target.value.trim()) event.target.form.requestSubmit();
}

const wraps = document.querySelectorAll(".table-wrap");
const watcher = new ResizeObserver((entries) => entries.forEach((entry) => makeScrollable(entry.target)));
wraps.forEach((wrap) => watcher.observe(wrap));
document.addEventListener("submit", sendOnce);
document.addEventListener("keydown", sendByEnter);
// A long list is folded for the thumb; on a desk there is room for all of it.
if (matchMedia("(min-width: 60rem)").matches) {
  for (const fold of document.querySelectorAll("details[data-open-wide]")) fold.open = true;
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
// A page kept by the browser and shown again through "back" may send again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
