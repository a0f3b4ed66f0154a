// The kiosk. An answer replaces the page in place, so that neither the question nor the answer
// becomes an entry of the history; without a touch for a while the screen starts anew.

let timer = 0;

function startAnew() {
  location.replace(document.querySelector("[data-kiosk]").dataset.start);
}

function restartClock() {
  clearTimeout(timer);
  timer = setTimeout(startAnew, Number(document.querySelector("[data-kiosk]").dataset.idle) * 1000);
}

async function ask(form, button) {
  const sent = new FormData(form, button);
  const answer = await fetch(location.pathname + location.search, { method: "POST", body: sent, cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("[data-kiosk]");
  if (!main) return startAnew();
  document.querySelector("[data-kiosk]").replaceWith(document.adoptNode(main));
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
  restartClock();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-kiosk]")) return; // the language
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(form, event.submitter).catch(() => {
    const notice = document.querySelector("[data-no-network]");
    if (notice) notice.hidden = false;
    else startAnew();
  });
}, { capture: true });

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-kiosk-end]")) return;
  event.preventDefault();
  startAnew();
});

for (const sign of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(sign, restartClock, { passive: true });
document.addEventListener("contextmenu", (event) => event.preventDefault());
// What was typed must not come back with the page.
addEventListener("pagehide", () => document.querySelector("[data-ask]")?.reset());
restartClock();
