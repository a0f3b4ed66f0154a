// The wall follows the ceremony. Everything it shows is in the page already; this only keeps it
// up to date, and says when it cannot.
import { follow } from "./live.js";

const hall = document.querySelector("[data-live]");
const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const find = (name) => hall.querySelector(`[data-${name}]`);
const line = find("unit-line");
let lastHeard = new Date();

function showFigures(now) {
  const count = find("signed");
  count.textContent = numbers.format(now.signed);
  count.classList.toggle("is-long", count.textContent.length > 6);
  find("staff").textContent = numbers.format(now.staff);
  find("bar").max = Math.max(now.staff, 1);
  find("bar").value = now.signed;
}

function showUnits(units) {
  const list = find("units");
  while (list.children.length > units.length) list.lastElementChild.remove();
  while (list.children.length < units.length) list.append(line.content.cloneNode(true));
  units.forEach((unit, index) => {
    const [name, bar, share] = list.children[index].children;
    name.textContent = unit.name;
    bar.max = Math.max(unit.staff, 1);
    bar.value = unit.signed;
    bar.setAttribute("aria-label", unit.name);
    share.textContent = unit.percent;
  });
}

function showStop(now) {
  hall.dataset.state = now.state;
  hall.dataset.after = now.after;
  for (const stop of hall.querySelectorAll("[data-index]")) {
    const index = Number(stop.dataset.index);
    const reading = now.state === "reading";
    stop.toggleAttribute("data-ahead", reading && index > now.stop);
    if (reading && index === now.stop) {
      stop.setAttribute("aria-current", "step");
      stop.scrollIntoView({ block: "nearest" }); // only a text too long for any screen moves
    } else {
      stop.removeAttribute("aria-current");
    }
  }
}

// The server chooses a size by the length of the text. Here the hall gets the largest that fits,
// whatever is around it: a leader's title of two lines, the hall's own fonts, the foot that says
// something else in each state.
const LARGEST = 2.9, SMALLEST = 0.9, STEP = 0.05; // hundredths of the screen, --u in wall.css

function fit() {
  const stops = hall.querySelector(".wall-stops");
  if (getComputedStyle(stops).overflowY !== "hidden") return; // on a phone the page scrolls
  let size = LARGEST;
  const show = () => hall.style.setProperty("--text", `calc(${size.toFixed(2)} * var(--u))`);
  for (show(); stops.scrollHeight > stops.clientHeight + 1 && size > SMALLEST; show()) size -= STEP;
}

if (hall) {
  document.fonts.ready.then(fit);
  document.fonts.addEventListener("loadingdone", fit);
  new ResizeObserver(fit).observe(hall.querySelector(".wall-stops"));
  find("signed").classList.toggle("is-long", find("signed").textContent.length > 6);
  follow(hall.dataset.live, {
    heard(now) {
      lastHeard = new Date();
      hall.dataset.line = "live";
      if (!now) return;
      if (now.wording !== hall.dataset.wording) location.reload();
      showFigures(now);
      showUnits(now.slowest);
      showStop(now);
    },
    lost() {
      if (hall.dataset.line !== "lost") find("last").textContent = clock.format(lastHeard);
      hall.dataset.line = "lost";
    },
  });
}
