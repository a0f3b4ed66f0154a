// The sign page without a network. Pressing the button keeps the wish on this phone until the desk
// has answered for it; the server takes it once, however often it is sent. Kept are the ticket,
// where it goes, when the button was pressed by this phone's clock, and what a passkey made of it
// (passkey.js); never a name.

const STORE = "netral.ikrar";
const PATIENCE = 15000;
const SOONEST = 2000;
const LATEST = 60000;

const box = document.querySelector("[data-kept]");
const form = document.querySelector("[data-keep]");
let wait = SOONEST;
let timer = 0;
let isSending = false;
let hadToWait = false;
let pressedHere = "";

function keptWishes() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE) || "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

/** Returns whether the phone took it: a private window or a full phone may refuse. */
function write(wishes) {
  try {
    if (wishes.length) localStorage.setItem(STORE, JSON.stringify(wishes));
    else localStorage.removeItem(STORE);
    return true;
  } catch {
    return false;
  }
}

function show(state, address) {
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
  box.hidden = false;
  if (address) box.querySelector(`[data-when="${state}"] a`).href = address;
  if (form) form.hidden = Boolean(pressedHere);
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
  for (const wish of keptWishes()) {
    const said = await ask(wish);
    if (!said) {
      hadToWait = true;
      return;
    }
    write(keptWishes().filter((one) => one.ticket !== wish.ticket));
    tell(wish, said);
  }
}

/** Whoever just pressed is led on; whoever had to wait is told first, and finds the way there. */
function tell(wish, said) {
  if (pressedHere && wish.ticket !== pressedHere) return; // of somebody who had this phone before
  if (form && !pressedHere) location.reload(); // the server knows what comes next
  else if (pressedHere && !hadToWait) location.assign(said.address);
  else show(said.receipt ? "sent" : "refused", said.address);
}

async function deliver() {
  clearTimeout(timer);
  if (isSending) return;
  isSending = true;
  await sendAll();
  isSending = false;
  if (!keptWishes().length) return;
  timer = setTimeout(deliver, wait * (0.75 + Math.random() / 2));
  wait = Math.min(wait * 2, LATEST);
}

function begin() {
  if (!keptWishes().length) return;
  show("kept");
  wait = SOONEST;
  deliver();
}

function press(event) {
  const { tiket: ticket, saat, ...made } = Object.fromEntries(new FormData(form));
  const wish = { ticket, to: form.getAttribute("action"), pressed: saat || String(Date.now()), made };
  if (!pressedHere && !write([...keptWishes(), wish])) return; // sent as without this script
  event.preventDefault();
  if (pressedHere) return;
  pressedHere = ticket;
  begin();
}

if (box) {
  form?.addEventListener("submit", press);
  addEventListener("online", begin);
  document.addEventListener("visibilitychange", () => document.hidden || begin());
  begin();
  navigator.serviceWorker?.register(box.dataset.worker).catch(() => {});
}
