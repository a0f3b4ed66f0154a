// The sign page without a network. Pressing the button keeps the wish on this phone until the desk
// has answered for it; the server takes it once, however often it is sent. Kept are the ticket,
// where it goes, when the button was pressed by this phone's clock, and what a passkey made of it
// (passkey.js); never a name.

// Each wish has a place of its own: pages open side by side never write over each other's.
const PLACE = "netral.ikrar.";
const PATIENCE = 15000;
const SOONEST = 2000;
const LATEST = 60000;

const box = document.querySelector("[data-kept]");
const form = document.querySelector("[data-keep]");
const isTyped = Boolean(document.querySelector("[data-slip-ticket]"));
let wait = SOONEST;
let timer = 0;
let isSending = false;
let hadToWait = false;
let mine = null; // pressed on this page, which sends it even when another page was quicker
let isTold = false; // of what became of it

function keptWishes() {
  try {
    const places = Object.keys(localStorage).filter((place) => place.startsWith(PLACE));
    const found = places.map((place) => JSON.parse(localStorage.getItem(place)));
    return found.filter(Boolean).sort((one, other) => one.pressed - other.pressed);
  } catch {
    return [];
  }
}

/** Returns whether the phone took it: a private window or a full phone may refuse. */
function keep(wish) {
  try {
    localStorage.setItem(PLACE + wish.ticket, JSON.stringify(wish));
    return true;
  } catch {
    return false;
  }
}

/** What is to be sent. The desk takes each once, so it does no harm that another page sends it too. */
function waiting() {
  const kept = keptWishes();
  const isKept = kept.some((one) => one.ticket === mine?.ticket);
  return mine && !isTold && !isKept ? [mine, ...kept] : kept;
}

function show(state, address) {
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
  box.hidden = false;
  if (address) box.querySelector(`[data-when="${state}"] a`).href = address;
  if (form) form.hidden = Boolean(mine);
  // What holds only for somebody who has not pressed: how not to sign, that nothing is recorded.
  for (const part of document.querySelectorAll("[data-unpressed]")) part.hidden = Boolean(mine);
}

/** What the desk answers, or null when it could not be asked. */
async function ask(wish) {
  try {
    const answer = await fetch(wish.to, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ ...wish.made, tiket: wish.ticket, saat: wish.pressed }),
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    return [200, 400, 409].includes(answer.status) ? await answer.json() : null;
  } catch {
    return null;
  }
}

async function sendAll() {
  for (const wish of waiting()) {
    const said = await ask(wish);
    if (!said) {
      hadToWait = true;
      return;
    }
    localStorage.removeItem(PLACE + wish.ticket);
    tell(wish, said);
  }
}

/** Whoever just pressed is led on; whoever had to wait is told first, and finds the way there. */
function tell(wish, said) {
  if (mine && wish.ticket !== mine.ticket) return; // of somebody who had this phone before
  isTold = Boolean(mine);
  if (form && !mine) location.reload(); // the server knows what comes next
  else if (mine && !hadToWait) location.assign(said.address);
  else show(said.receipt ? "sent" : "refused", said.address);
}

async function deliver() {
  clearTimeout(timer);
  if (isSending) return;
  isSending = true;
  await sendAll();
  isSending = false;
  if (!waiting().length) return;
  timer = setTimeout(deliver, wait * (0.75 + Math.random() / 2));
  wait = Math.min(wait * 2, LATEST);
}

function begin() {
  if (!waiting().length) return;
  show("kept");
  wait = SOONEST;
  deliver();
}

function press(event) {
  const { tiket: ticket, saat, ...made } = Object.fromEntries(new FormData(form));
  const wish = { ticket, to: form.getAttribute("action"), pressed: saat || String(Date.now()), made };
  if (!mine && !keep(wish)) return; // sent as without this script
  event.preventDefault();
  if (mine) return;
  mine = wish;
  begin();
}

/** keep_slip.js could not reach the server with what was pressed on its form. */
function takeOver(event) {
  mine = event.detail;
  hadToWait = true;
  begin();
}

/** Another page sent what this one only showed as waiting. */
function lookAgain(event) {
  const isShown = !box.querySelector('[data-when="kept"]').hidden;
  if (mine || !isShown || !event.key?.startsWith(PLACE) || keptWishes().length) return;
  if (isTyped) box.hidden = true; // reloading would send the slip's code once more
  else location.reload();
}

if (box) {
  form?.addEventListener("submit", press);
  addEventListener("netral:kept", takeOver);
  addEventListener("storage", lookAgain);
  addEventListener("online", begin);
  document.addEventListener("visibilitychange", () => document.hidden || begin());
  begin();
  navigator.serviceWorker?.register(box.dataset.worker).catch(() => {});
}
