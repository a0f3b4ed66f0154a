// The sign page of whoever typed a slip. With a network the form is sent as without a script, and
// opens the account; without one the press is kept with a ticket for keep.js to send, which signs
// and opens nothing. The slip's code is never kept.

const PLACE = "netral.ikrar."; // keep.js reads what stands there
const PATIENCE = 15000;
const facts = document.querySelector("[data-slip-ticket]")?.dataset;
const form = document.querySelector("form input[name=slip]")?.form;
let isPressed = false;

/** False where the phone keeps nothing. */
function keep(wish) {
  try {
    localStorage.setItem(PLACE + wish.ticket, JSON.stringify(wish));
    return true;
  } catch {
    return false;
  }
}

/** The page the server leads to, "" for one that says why not, null when it could not be asked. */
async function ask() {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    if (answer.status >= 500) return null;
    return answer.ok && answer.redirected ? answer.url : "";
  } catch {
    return null;
  }
}

async function press(event) {
  const wish = { ticket: facts.slipTicket, to: facts.to, pressed: String(Date.now()) };
  if (!isPressed && !keep(wish)) return; // sent as without this script
  event.preventDefault();
  if (isPressed) return;
  isPressed = true;
  const next = await ask();
  if (next === null) {
    form.hidden = true;
    dispatchEvent(new CustomEvent("netral:kept", { detail: wish })); // keep.js goes on
    return;
  }
  localStorage.removeItem(PLACE + wish.ticket);
  if (next) location.assign(next);
  else form.submit(); // the same again: the server shows why not
}

if (facts && form) form.addEventListener("submit", press);
